/* Callover's one script. The page is complete without it: it adds search, interactive charts,
   copy buttons and two comforts for tables and print. It loads search.js with the search index,
   and explore.js with the chart library, only when they are asked for. It stores nothing and talks
   to no other host. */
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

  const beside = document.currentScript.src; // where the parts are that load when asked for

  /* Exit this page ------------------------------------------------------------------------- */

  const exit = document.querySelector("[data-exit]");
  if (exit) {
    const leave = (event) => {
      event?.preventDefault();
      const policy = document.createElement("meta"); // The next site is not told where one was.
      policy.name = "referrer";
      policy.content = "no-referrer";
      document.head.append(policy);
      document.documentElement.classList.add("co-left"); // Blank at once; the network may be slow.
      document.title = "Loading";
      say("Leaving this page.");
      location.replace(exit.href); // Back does not return to this page.
    };
    exit.addEventListener("click", leave);

    let presses = 0;
    let alone = false; // Shift with another key is a capital letter, or a step back.
    let timer;
    addEventListener("keydown", (event) => {
      alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!alone) presses = 0;
    });
    addEventListener("keyup", (event) => {
      if (event.key !== "Shift" || !alone) return;
      presses += 1;
      clearTimeout(timer);
      if (presses === 3) return leave();
      say(`Press Shift ${presses === 1 ? "2 more times" : "1 more time"} to exit this page.`);
      timer = setTimeout(() => {
        presses = 0;
        say("");
      }, 5000);
    });
  }

  /* Search: ranking is in search.js, which is loaded with the index when somebody types. ----- */

  const searcher = once(async () => {
    const address = new URL(meta("search"), location.href);
    const [ranking, index] = await Promise.all([import(new URL("search.js", beside)), json(address)]);
    const ready = ranking.read(index, new URL("../", address));
    return { find: (query) => ranking.find(ready, query), split: ranking.split };
  });

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
        found = (await searcher()).find(query);
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
  const wordsOfAddress = (split) => {
    const base = new URL("../", new URL(meta("search"), location.href)).pathname;
    const path = location.pathname.replace(base, "").replace(/\b(index|404)?\.(html|md)$/, "");
    try {
      return split(decodeURIComponent(path)).filter((word) => /\p{L}{2}/u.test(word)).join(" ");
    } catch {
      return ""; // An address that is no text.
    }
  };
  const guess = async () => {
    const { find, split } = await searcher();
    const query = wordsOfAddress(split);
    const found = query ? find(query) : [];
    if (!found.length) return;
    missing.querySelector("ol").replaceChildren(...list(found.slice(0, 5)));
    missing.hidden = false;
    form.querySelector("input").value = query;
  };
  if (missing) guess().catch(() => {}); // Without the index the links of the page remain.

  /* Charts: all but the first click is in explore.js, which a page does not load before it. --- */

  const explorer = once(() => import(new URL("explore.js", beside)));

  for (const button of all("button[data-explore]")) {
    const chart = button.closest("figure.co-chart");
    const drawing = chart?.querySelector(".co-chart__drawing");
    if (!drawing?.querySelector("svg") || !meta("plotly")) continue;
    const first = [...button.childNodes];
    const message = document.createElement("p");
    message.className = "co-chart__message";
    message.setAttribute("role", "status");
    drawing.after(message);
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled")) return;
      button.setAttribute("aria-disabled", "true");
      message.textContent = "Loading the interactive chart.";
      try {
        const { toggle } = await explorer();
        const address = new URL(button.dataset.figure, document.baseURI);
        if (await toggle(chart, address, message)) {
          button.replaceChildren("Show the still chart");
          message.textContent =
            "Interactive chart shown. Point at a mark, or tap it, to read its figure.";
        } else {
          button.replaceChildren(...first);
          message.textContent = "The still chart is shown.";
        }
      } catch {
        message.textContent =
          "The interactive chart did not load. The still chart and its table have the same figures.";
      } finally {
        button.removeAttribute("aria-disabled");
      }
    });
  }

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
