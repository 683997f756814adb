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

  /* Search ------------------------------------------------------------------------------- */

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f’']/g, "");
  const plain = (html) =>
    html
      .replace(/<[^>]*>/g, " ")
      .replace(/&(lt|gt|quot|#39|#x27|nbsp|amp);/g, (whole, name) =>
        ({ lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", nbsp: " ", amp: "&" })[name])
      .replace(/[¶\s]+/g, " ")
      .trim();

  const loadIndex = once(async () => {
    const address = new URL(meta("search"), location.href);
    const base = new URL("../", address);
    const index = await json(address);
    const titles = new Map();
    const entries = [];
    for (const { location: address, title: heading, text: html } of index.docs) {
      const [page] = address.split("#");
      const title = plain(heading);
      const text = plain(html ?? "");
      const whole = !address.includes("#");
      const before = entries.at(-1);
      if (whole) titles.set(page, title);
      const isTitle = before?.whole && before.page === page && before.title.startsWith(title);
      if (!whole && isTitle && !before.text) {
        before.text = text; // The section of the page's own title is the page.
      } else {
        entries.push({ page, title, text, whole, href: new URL(address, base).href });
      }
    }
    for (const entry of entries) {
      entry.name = titles.get(entry.page) ?? entry.title;
      entry.inTitle = ` ${fold(entry.whole ? entry.title : `${entry.name} ${entry.title}`)}`;
      entry.inText = ` ${fold(entry.text)}`;
    }
    return entries;
  });

  /* Every word must occur; the start of a word counts for more, a title more than a text. */
  const score = (entry, words) => {
    let total = 0;
    for (const word of words) {
      const found =
        (entry.inTitle.includes(` ${word}`) ? 8 : entry.inTitle.includes(word) ? 3 : 0) +
        (entry.inText.includes(` ${word}`) ? 2 : entry.inText.includes(word) ? 1 : 0);
      if (!found) return 0;
      total += found;
    }
    return (entry.whole ? 2 : 1) * total - entry.page.split("/").length / 10;
  };

  const find = (entries, query) => {
    const words = fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const best = new Map();
    if (!words.length) return { words, results: [] };
    for (const entry of entries) {
      const points = score(entry, words);
      if (points > 0 && points > (best.get(entry.page)?.points ?? 0)) {
        best.set(entry.page, { entry, points });
      }
    }
    const results = [...best.values()].sort((a, b) => b.points - a.points);
    return { words, results: results.map((result) => result.entry) };
  };

  const excerpt = (text, words) => {
    const at = Math.max(0, fold(text).indexOf(words[0]));
    const start = at < 60 ? 0 : text.indexOf(" ", at - 50) + 1;
    const piece = text.slice(start, start + 140);
    const end = start + 140 < text.length ? piece.lastIndexOf(" ") : piece.length;
    return (start ? "… " : "") + piece.slice(0, end) + (start + end < text.length ? " …" : "");
  };

  const form = document.querySelector(".co-search");
  if (form) {
    const input = form.querySelector("input");
    const panel = form.querySelector(".co-search__panel");
    const status = form.querySelector(".co-search__status");
    const list = form.querySelector(".co-search__results");
    const shown = 10;
    let latest = 0;

    const close = () => {
      panel.hidden = true;
    };
    const show = async () => {
      const turn = ++latest;
      const query = input.value.trim();
      if (query.length < 2) return close();
      let entries;
      try {
        entries = await loadIndex();
      } catch {
        list.replaceChildren();
        panel.hidden = false;
        status.textContent = "Search did not load. Check your connection and try again.";
        return;
      }
      if (turn !== latest) return;
      const { words, results } = find(entries, query);
      list.replaceChildren(
        ...results.slice(0, shown).map((entry) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          const text = document.createElement("p");
          link.href = entry.href;
          link.textContent = entry.whole ? entry.name : `${entry.name}: ${entry.title}`;
          text.textContent = excerpt(entry.text, words);
          item.append(link, text);
          return item;
        }),
      );
      panel.hidden = false;
      const count = results.length;
      status.textContent = !count
        ? `No page has “${query}”. Try a shorter word or the glossary.`
        : count > shown
          ? `${count} pages found, the best ${shown} shown`
          : `${count} ${count === 1 ? "page" : "pages"} found`;
    };

    form.hidden = false;
    input.addEventListener("input", show);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await show();
      list.querySelector("a")?.focus();
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

  /* Charts: all but the first click is in explore.js, which a page does not load before it. --- */

  const beside = document.currentScript.src;
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
