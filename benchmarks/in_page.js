/* What the audit and the browser tests measure inside a page. Each function gives a list of faults
   in words, empty when all is well. It is put in before the page's own script, so a page cannot
   tell, and its content security policy does not matter. */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (element) => (element.getAttribute("aria-label") || element.textContent).trim().replace(/\s+/g, " ");
  const name = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const kind = element.classList[0] ? `.${element.classList[0]}` : "";
    return `${element.localName}${id || kind} "${words(element).slice(0, 40)}"`;
  };
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  /* What only a screen reader meets: it is clipped away, or waits above the page until focused. */
  const hiddenButRead = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath !== "none" && style.position === "absolute") return true;
      if (at.matches(".co-skip")) return true;
    }
    return false;
  };
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);

  /* Reflow ------------------------------------------------------------------------------- */

  const reflow = () => {
    const faults = [];
    const room = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth;
    if (wide > room) faults.push(`the page is ${wide} px wide in ${room} px`);
    for (const element of all("body *")) {
      if (element.scrollWidth <= element.clientWidth + 1 || !scrolls(element) || !seen(element)) continue;
      if (element.localName === "input") continue;
      const labelled = element.getAttribute("aria-label") || element.getAttribute("aria-labelledby");
      const isRegion = element.getAttribute("role") === "region" && element.tabIndex === 0 && labelled;
      if (!isRegion) faults.push(`${name(element)} scrolls sideways and is no labelled region`);
      else if (!element.querySelector("table")) faults.push(`${name(element)} scrolls sideways and is no table`);
    }
    return faults;
  };

  /* What a box with hidden overflow cuts off, and texts that stand on one another. */
  const lost = () => {
    const faults = [];
    for (const element of all("body *:not(svg, svg *)")) {
      const style = getComputedStyle(element);
      if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
      if (!seen(element) || hiddenButRead(element) || !element.textContent.trim()) continue;
      const cut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (cut) faults.push(`${name(element)} cuts off its text`);
    }
    return faults.concat(overlaps());
  };

  const lines = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("svg, .co-search__panel")) continue;
      if (!seen(parent) || hiddenButRead(parent) || floats(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        // Half the leading is no ink: the middle of the line is what must stay free.
        found.push({ parent, left: box.left, right: box.right, top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2 });
      }
    }
    return found.sort((one, other) => one.top - other.top);
  };

  /* A strip that stays in the window while the page moves below it. */
  const floats = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(at).position) && !at.matches("th, caption")) return true;
    }
    return false;
  };

  const overlaps = () => {
    const faults = new Set();
    const found = lines();
    found.forEach((one, at) => {
      for (let next = at + 1; next < found.length && found[next].top < one.bottom; next++) {
        const other = found[next];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        if (across <= 1 || one.parent === other.parent) continue;
        if (scrolledAway(one) || scrolledAway(other)) continue;
        faults.add(`${name(one.parent)} stands on ${name(other.parent)}`);
      }
    });
    return [...faults];
  };

  /* A cell that slid below the fixed first column, or out of its region, is not on top of it. */
  const scrolledAway = ({ parent, left, right }) => {
    const region = parent.closest(".co-table-wrap");
    if (!region) return false;
    const box = region.getBoundingClientRect();
    const fixed = region.querySelector("th[scope=row]");
    const start = fixed && getComputedStyle(fixed).position === "sticky" ? fixed.getBoundingClientRect().right : box.left;
    const isFixed = parent.closest("th[scope=row], thead th:first-child");
    return right > box.right + 1 || (!isFixed && left < start);
  };

  /* WCAG 1.4.12: readers may set these themselves. A made sheet is not barred by the policy. */
  const spaceOut = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  /* Labels of a drawing: none leaves it, none stands on another. */
  const labels = () => {
    const faults = new Set();
    for (const drawing of all("svg.co-svg").filter(seen)) {
      const frame = drawing.getBoundingClientRect();
      const texts = all("text", drawing).filter((text) => seen(text) && text.textContent.trim());
      const boxes = texts.map((text) => {
        const box = text.getBoundingClientRect();
        const slack = box.height * 0.22;
        return { text, left: box.left, right: box.right, top: box.top + slack, bottom: box.bottom - slack };
      });
      const where = drawing.closest("figure")?.id ?? "a drawing";
      boxes.forEach((one, at) => {
        if (one.left < frame.left - 2 || one.right > frame.right + 2) faults.add(`${where}: "${one.text.textContent}" leaves the drawing`);
        for (const other of boxes.slice(at + 1)) {
          const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
          const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
          if (across > 1 && down > 1) faults.add(`${where}: "${one.text.textContent}" stands on "${other.text.textContent}"`);
        }
      });
    }
    return [...faults];
  };

  /* Targets ------------------------------------------------------------------------------ */

  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";

  /* WCAG 2.5.8 leaves out a link in a line of other words: its height is that of the line. */
  const inSentence = (control) => {
    if (!getComputedStyle(control).display.startsWith("inline")) return false;
    let block = control.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const beside = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(CONTROLS) || hiddenButRead(node)) return "";
      if (node !== block && !getComputedStyle(node).display.startsWith("inline")) return "";
      return [...node.childNodes].map(beside).join("");
    };
    return /[\p{L}\p{N}]/u.test(beside(block));
  };

  const targets = (least = 24) => {
    const faults = [];
    for (const control of all(CONTROLS)) {
      if (!seen(control) || hiddenButRead(control)) continue;
      const box = control.getBoundingClientRect();
      const small = Math.min(box.width, box.height) < least - 0.01;
      if (small && !inSentence(control)) {
        faults.push(`${name(control)} is ${box.width.toFixed(1)} x ${box.height.toFixed(1)} px`);
      }
    }
    return faults;
  };

  /* Headings, landmarks, tables ---------------------------------------------------------- */

  const headings = () => {
    const faults = [];
    const found = all("h1, h2, h3, h4, h5, h6").filter((element) => seen(element));
    const firsts = found.filter((element) => element.localName === "h1");
    if (firsts.length !== 1) faults.push(`${firsts.length} headings of level 1`);
    let before = 0;
    for (const heading of found) {
      const level = Number(heading.localName[1]);
      if (level > before + 1) faults.push(`${name(heading)} follows a heading of level ${before}`);
      if (!words(heading)) faults.push(`an empty ${heading.localName}`);
      before = level;
    }
    return faults;
  };

  const landmarks = () => {
    const faults = [];
    const count = (selector) => all(selector).filter(seen).length;
    for (const selector of ["main", "body > header", "body > footer"]) {
      if (count(selector) !== 1) faults.push(`${count(selector)} of ${selector}`);
    }
    const named = all("nav, [role=region], form[role=search], section[aria-label]").filter(seen);
    const names = named.map((element) => {
      const by = element.getAttribute("aria-labelledby");
      const text = by ? by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ") : element.getAttribute("aria-label");
      if (!text?.trim()) faults.push(`${name(element)} has no name`);
      return `${element.localName === "nav" ? "nav" : "region"} "${text}"`;
    });
    for (const twice of new Set(names.filter((one, at) => names.indexOf(one) !== at))) faults.push(`two of ${twice}`);
    if (!document.documentElement.lang) faults.push("the page has no language");
    return faults;
  };

  const tables = () => {
    const faults = [];
    for (const table of all("table")) {
      const region = table.closest("[role=region]");
      const label = table.caption?.textContent.trim() || table.getAttribute("aria-label") || table.getAttribute("aria-labelledby") || region?.getAttribute("aria-label");
      if (!label) faults.push(`${name(table)} has no caption and no label`);
      const heads = all("th", table);
      const bare = heads.filter((head) => !/^(col|row|colgroup|rowgroup)$/.test(head.scope));
      if (!heads.length) faults.push(`${name(table)} has no header`);
      if (bare.length) faults.push(`${name(table)} has ${bare.length} headers without a scope`);
      if (table.tHead && all("td", table.tHead).some((cell) => cell.textContent.trim())) faults.push(`${name(table)} has plain cells in its head`);
    }
    return faults;
  };

  /* Movement ----------------------------------------------------------------------------- */

  const moving = () =>
    all("body *")
      .filter((element) => {
        const style = getComputedStyle(element);
        const times = `${style.transitionDuration}, ${style.animationName === "none" ? "0s" : style.animationDuration}`;
        return times.split(", ").some((time) => parseFloat(time) > 0) || style.scrollBehavior === "smooth";
      })
      .map((element) => `${name(element)} moves`)
      .concat(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["the page scrolls smoothly"] : []);

  /* The keyboard ------------------------------------------------------------------------- */

  const FOCUSABLE = `${CONTROLS}, [tabindex="0"]`;
  const walk = { stops: [], faults: [], wanted: 0 };
  const mark = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor].join(" ");
  };

  /* Give how many controls there are, and look at each of the first `most` as it takes the focus. */
  const startWalk = (most) => {
    const controls = all(FOCUSABLE).filter((element) => seen(element) && !element.closest("[inert]") && !element.disabled && element.tabIndex === 0);
    const plain = new Map(controls.map((element) => [element, mark(element)]));
    const text = (at) => name(controls[at]);
    document.addEventListener("keyup", (event) => {
      if (event.key !== "Tab") return;
      const element = document.activeElement;
      if (element === document.body || !element) return walk.stops.push(-1);
      walk.stops.push(controls.indexOf(element));
      look(element, plain);
    }, true);
    Object.assign(walk, { stops: [], faults: [], text, wanted: Math.min(most, controls.length) });
    return controls.length;
  };

  const look = (element, plain) => {
    const style = getComputedStyle(element);
    const boxes = [...element.getClientRects()].filter((box) => box.width > 0);
    const box = boxes[0];
    const wrong = (what) => walk.faults.push(`${name(element)}: ${what}`);
    if (!box) return wrong("takes the focus and is not there");
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!outlined || mark(element) === plain.get(element)) wrong("focus is not seen");
    const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
    const [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
    if (right - left < 1 || bottom - top < 1) return wrong("has the focus outside the window");
    // Of a long table's region it is enough that its upper edge, or the middle of it, is seen.
    const region = element.matches("[role=region]") && bottom - top > 40;
    if (!region && (box.top < -1 || box.bottom > innerHeight + 1)) wrong("is partly outside the window when it has the focus");
    const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!above || !(element.contains(above) || above.contains(element))) wrong(`is covered by ${above ? name(above) : "nothing"}`);
  };

  const endWalk = () => {
    const { stops, faults, text, wanted } = walk;
    const came = new Set(stops);
    for (let at = 0; at < wanted; at++) if (!came.has(at)) faults.push(`${text(at)} is not reached`);
    const order = stops.filter((at) => at >= 0).slice(0, wanted);
    const late = order.findIndex((at, place) => place && at < order[place - 1]);
    if (late > 0) faults.push(`${text(order[late])} comes after ${text(order[late - 1])}`);
    return [...new Set(faults)];
  };

  window.calloverAudit = {
    endWalk, headings, labels, landmarks, lost, moving, reflow, spaceOut, startWalk, tables, targets,
  };
})();
