/* Callover's one script. The page is complete without it: it adds search, interactive charts,
   copy buttons and two comforts for tables and print. It loads the search index and the chart
   library only when they are asked for, stores nothing and talks to no other host. */
(() => {
  "use strict";

  const meta = (name) => document.querySelector(`meta[name="callover-${name}"]`)?.content;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const live = document.getElementById("co-live");
  const say = (text) => {
    if (live) live.textContent = text;
  };
  const once = (make) => {
    let made;
    return () => (made ??= make().catch((error) => {
      made = undefined; // A later click may try again.
      throw error;
    }));
  };
  const json = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return response.json();
  };

  /* Search ------------------------------------------------------------------------------- */

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f’']/g, "");
  const split = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const singular = (word) => (word.length > 3 ? word.replace(/ies$/, "y").replace(/([^s])s$/, "$1") : word);
  /* Words in small letters, without accents, without the s of a plural. */
  const wordsOf = (text) => split(text).map(singular);

  /* What a match counts for, by where it is. Two words written as one are found as well. */
  const TITLE = 10;
  const NAMES = 8;
  const MEANT = 6;
  const PLACE = 4;
  const TEXT = 2;

  /* The index names types, places and everyday words once; pages have their numbers
     (callover/pages/search.py). Here each word leads to its pages, with the best weight in each. */
  const loadIndex = once(async () => {
    const address = new URL(meta("search"), location.href);
    const base = new URL("../", address);
    const { types, places, everyday, pages } = await json(address);
    const vocabulary = new Map();
    const add = (word, page, weight) => {
      if (!vocabulary.has(word)) vocabulary.set(word, new Map());
      const found = vocabulary.get(word);
      found.set(page, Math.max(weight, found.get(page) ?? 0));
    };
    const entries = pages.map(([type, place, path, title, text = "", names = "", meant = []], page) => {
      const [what, usual, factor] = types[type];
      const [folder, where] = places[place];
      const meanings = meant.map((row) => everyday[row]).join("; ");
      for (const [part, weight] of [[title, TITLE], [names, NAMES], [meanings, MEANT], [`${where}; ${what}`, PLACE], [text, TEXT]]) {
        for (const phrase of part.split(";").map(wordsOf)) {
          phrase.forEach((word, at) => {
            add(word, page, weight);
            if (at && weight > TEXT) add(phrase[at - 1] + word, page, weight);
          });
        }
      }
      const phrases = (part) => part.split(";").map((phrase) => wordsOf(phrase).join(" "));
      return {
        href: new URL(folder + path, base).href,
        title,
        text: text || usual,
        about: where ? `${what}, ${where}` : what,
        factor,
        short: 2 / (wordsOf(title).length || 1),
        whole: new Map([
          ...phrases(meanings).map((phrase) => [phrase, 3]),
          ...phrases(names).map((phrase) => [phrase, 6]),
          [wordsOf(title).join(" "), 12],
        ]),
      };
    });
    return { entries, vocabulary };
  });

  /* One slip of the finger: a letter wrong, missing, too many or in the wrong place; double
     letters do not count. */
  const thin = (word) => word.replace(/(.)\1+/g, "$1");
  const slip = (one, other) => {
    const [a, b] = [thin(one), thin(other)];
    if (Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const rest = (word, skip) => word.slice(at + skip);
    const swapped = a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, 2) === rest(b, 2);
    return swapped || [[1, 1], [1, 0], [0, 1]].some(([i, j]) => rest(a, i) === rest(b, j));
  };

  /* How well a word of the index answers a typed one. */
  const answers = (typed, word) => {
    if (word === typed) return 1;
    if (word.startsWith(typed)) return 0.7;
    return typed.length > 3 && word.includes(typed) ? 0.3 : 0;
  };
  const matches = (typed, vocabulary) => {
    const rate = (how) => [...vocabulary].map(([word, pages]) => [how(word), pages]).filter(([good]) => good);
    const found = rate((word) => answers(typed, word));
    return found.length || typed.length < 5 ? found : rate((word) => (slip(typed, word) ? 0.4 : 0));
  };

  const EMPTY = new Set("a about an and are at by for from how i in is it many my of on or the there to was what who why with".split(" "));

  /* The pages that have the most of the words, the best first. */
  const find = ({ entries, vocabulary }, query) => {
    const typed = wordsOf(query);
    const telling = typed.filter((word) => !EMPTY.has(word));
    const phrase = typed.join(" ");
    const found = new Map();
    for (const word of telling.length ? telling : typed) {
      const best = new Map();
      for (const [good, pages] of matches(word, vocabulary)) {
        for (const [page, weight] of pages) best.set(page, Math.max(good * weight, best.get(page) ?? 0));
      }
      for (const [page, points] of best) {
        const [count, sum] = found.get(page) ?? [0, 0];
        found.set(page, [count + 1, sum + points]);
      }
    }
    const most = Math.max(...[...found.values()].map(([count]) => count));
    return [...found]
      .filter(([, [count]]) => count === most)
      .map(([page, [, sum]]) => {
        const entry = entries[page];
        return [entry, (sum + entry.short + (entry.whole.get(phrase) ?? 0)) * entry.factor];
      })
      .sort(([, a], [, b]) => b - a)
      .map(([entry]) => entry);
  };

  const SHOWN = 10;
  const list = (results) =>
    results.slice(0, SHOWN).map((entry) => {
      const item = document.createElement("li");
      const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
      const link = make("a", entry.title);
      link.href = entry.href;
      const about = make("span", entry.about);
      about.className = "co-search__about";
      item.append(link, " ", about, make("p", entry.text));
      return item;
    });
  const counted = (results, query) => {
    const count = results.length;
    if (!count) return `No page has “${query}”. Try a shorter word, or look in the A to Z.`;
    if (count > SHOWN) return `${count} pages found, the best ${SHOWN} shown`;
    return `${count} ${count === 1 ? "page" : "pages"} found`;
  };

  const form = document.querySelector(".co-search");
  if (form) {
    const input = form.querySelector("input");
    const panel = form.querySelector(".co-search__panel");
    const status = form.querySelector(".co-search__status");
    const results = form.querySelector(".co-search__results");
    let latest = 0;

    const close = () => {
      panel.hidden = true;
    };
    const show = async () => {
      const turn = ++latest;
      const query = input.value.trim();
      if (query.length < 2) return close();
      let found;
      try {
        found = find(await loadIndex(), query);
      } catch {
        results.replaceChildren();
        panel.hidden = false;
        status.textContent = "Search did not load. Check your connection and try again.";
        return;
      }
      if (turn !== latest) return;
      results.replaceChildren(...list(found));
      panel.hidden = false;
      status.textContent = counted(found, query);
    };

    form.hidden = false;
    input.addEventListener("input", show);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await show();
      results.querySelector("a")?.focus();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.preventDefault();
      close();
      input.focus();
    });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
    });
    document.addEventListener("click", (event) => {
      if (!form.contains(event.target)) close();
    });
  }

  /* The page of a missing address looks for the words of the address. */
  const missing = document.querySelector("[data-missing]");
  const wordsOfAddress = () => {
    const base = new URL("../", new URL(meta("search"), location.href)).pathname;
    const path = location.pathname.replace(base, "").replace(/\b(index|404)?\.(html|md)$/, "");
    try {
      return split(decodeURIComponent(path)).filter((word) => /\p{L}{2}/u.test(word)).join(" ");
    } catch {
      return ""; // An address that is no text.
    }
  };
  const guess = async () => {
    const query = wordsOfAddress();
    const found = query ? find(await loadIndex(), query) : [];
    if (!found.length) return;
    missing.querySelector("ol").replaceChildren(...list(found.slice(0, 5)));
    missing.hidden = false;
    form.querySelector("input").value = query;
  };
  if (missing) guess().catch(() => {}); // Without the index the links of the page remain.

  /* Charts ------------------------------------------------------------------------------- */

  const loadPlotly = once(
    () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = meta("plotly");
        script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("empty")));
        script.onerror = () => reject(new Error("not loaded"));
        document.head.append(script);
      }),
  );

  const config = {
    displayModeBar: false,
    displaylogo: false,
    plotlyServerURL: "",
    responsive: true,
    scrollZoom: false,
    showSendToCloud: false,
  };

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--co-${name}`).trim();

  /* The figure file says which role a trace or shape has; the style sheet says its colour. */
  const dress = (figure) => {
    const { data, layout } = structuredClone(figure);
    const ink = token("ink");
    const soft = token("soft-ink");
    const role = (item) => item.meta?.role ?? item.name;
    const colour = (item) => token(`r-${role(item)}`) || ink;
    for (const trace of data) {
      const c = colour(trace);
      if (trace.type !== "bar") trace.line = { ...trace.line, color: c };
      trace.marker = { ...trace.marker, color: c };
      if (trace.fill && trace.fill !== "none") trace.fillcolor = c;
      const label = token(`r-${role(trace)}-ink`) || c;
      trace.textfont = { ...trace.textfont, color: label };
    }
    for (const shape of layout.shapes ?? []) {
      const c = colour(shape);
      shape.line = { ...shape.line, color: c };
      if (shape.type === "rect") shape.fillcolor = c;
    }
    for (const note of layout.annotations ?? []) {
      note.font = { ...note.font, color: token(`r-${role(note)}-ink`) || token(`r-${role(note)}`) || ink };
    }
    const down = layout.meta?.form === "rows"; // Values run across, so their gridlines stand.
    for (const key of new Set(["xaxis", "yaxis", ...Object.keys(layout).filter((k) => /^[xy]axis/.test(k))])) {
      layout[key] = {
        ...layout[key],
        color: soft,
        gridcolor: (key[0] === "x") === down ? token("grid") : "rgba(0,0,0,0)",
        linecolor: token("edge"),
        zerolinecolor: token("edge"),
        spikecolor: token("edge"),
        spikethickness: 1,
        automargin: true,
      };
    }
    Object.assign(layout, {
      autosize: true,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { ...layout.font, family: getComputedStyle(document.body).fontFamily, size: 14, color: ink },
      hoverlabel: {
        bgcolor: token("paper"),
        bordercolor: token("edge"),
        font: { color: ink, size: 14 },
      },
      margin: { l: 8, r: 8, t: 8, b: 8, ...layout.margin },
    });
    return { data, layout };
  };

  const drawn = new Set();
  const setUp = (button) => {
    const chart = button.closest("figure.co-chart");
    const drawing = chart?.querySelector(".co-chart__drawing");
    const still = drawing?.querySelector("svg");
    if (!still || !meta("plotly")) return;
    const title = chart.querySelector(".co-chart__title")?.textContent.trim() ?? "chart";
    const first = button.innerHTML;
    const message = document.createElement("p");
    message.className = "co-chart__message";
    message.setAttribute("role", "status");
    drawing.after(message);
    button.hidden = false;

    let figure;
    let stage;
    const draw = () =>
      window.Plotly.react(stage, ...Object.values(dress(figure)), config);
    const showStill = () => {
      stage.hidden = true;
      still.removeAttribute("hidden");
      drawn.delete(draw);
      button.innerHTML = first;
      message.textContent = "The still chart is shown.";
    };
    const explore = async () => {
      button.setAttribute("aria-disabled", "true");
      message.textContent = "Loading the interactive chart.";
      try {
        const address = new URL(button.dataset.figure, document.baseURI);
        [figure] = await Promise.all([figure ?? json(address), loadPlotly()]);
        if (!stage) {
          stage = document.createElement("div");
          stage.className = "co-chart__stage";
          stage.setAttribute("role", "img");
          stage.setAttribute("aria-label", `Interactive chart: ${title}. The table below it has the same figures.`);
          stage.style.height = `${still.getBoundingClientRect().height}px`;
          drawing.append(stage);
        }
        still.setAttribute("hidden", "");
        stage.hidden = false;
        await draw();
        drawn.add(draw);
        button.textContent = "Show the still chart";
        message.textContent = "Interactive chart shown. Point at a mark, or tap it, to read its figure.";
      } catch {
        if (stage) stage.hidden = true;
        still.removeAttribute("hidden");
        message.textContent =
          "The interactive chart did not load. The still chart and its table have the same figures.";
      } finally {
        button.removeAttribute("aria-disabled");
      }
    };
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled")) return;
      if (stage && !stage.hidden) showStill();
      else explore();
    });
  };
  all("button[data-explore]").forEach(setUp);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const draw of drawn) draw();
  });

  /* Copy buttons ------------------------------------------------------------------------- */

  const copy = async (target) => {
    const text = (target.value ?? target.textContent).trim();
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // No permission, or not a secure address: select it, so that the keyboard can copy it.
      if (target.select) target.select();
      else getSelection().selectAllChildren(target);
      return false;
    }
  };
  for (const button of all("button[data-copy]")) {
    const target = document.querySelector(button.dataset.copy);
    if (!target) continue;
    const label = button.textContent;
    let timer;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(target);
      button.textContent = done ? "Copied" : "Selected: now copy it";
      say(done ? "Copied." : "The text is selected. Copy it with your keyboard or menu.");
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = label;
        say("");
      }, 4000);
    });
  }

  /* A wide table starts at its current column; print opens what is closed. ------------------ */

  for (const wrap of all(".co-table-wrap")) {
    const now = wrap.querySelector("thead .is-current");
    const head = wrap.querySelector("thead th");
    if (!now || wrap.scrollWidth <= wrap.clientWidth) continue;
    const names = head.offsetWidth; // They stay in view, over the columns that pass below.
    const least = now.offsetLeft + now.offsetWidth - wrap.clientWidth;
    const columns = [...wrap.querySelectorAll("thead th")].slice(1);
    const first = columns.find((column) => column.offsetLeft - names >= least) ?? now;
    wrap.style.scrollPaddingInlineStart = `${names}px`;
    wrap.scrollLeft = Math.max(0, first.offsetLeft - names);
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open], .co-chart__table)");
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
})();
