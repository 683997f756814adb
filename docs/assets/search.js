/* How search ranks. callover.js loads this, and the index, when somebody types into the search box:
   `read` makes the index ready, `find` gives the pages for a query, the best first. */

const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f’']/g, "");
export const split = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
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
export const read = ({ types, places, everyday, pages }, base) => {
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
};

/* One slip of the finger: a letter wrong, missing, too many or in the wrong place; double
   letters do not count. */
const thin = (word) => word.replace(/(.)\1+/g, "$1");
const slip = (one, other) => {
  const [a, b] = [thin(one), thin(other)];
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 4) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const rest = (word, skip) => word.slice(at + skip);
  const swapped = a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, 2) === rest(b, 2);
  return swapped || [[1, 1], [1, 0], [0, 1]].some(([i, j]) => rest(a, i) === rest(b, j));
};

/* How well a word of the index answers a typed one. */
const answers = (typed, word) => {
  if (word === typed) return 1;
  if (typed.length > 1 && word.startsWith(typed)) return 0.7;
  return typed.length > 3 && word.includes(typed) ? 0.3 : 0;
};
const matches = (typed, vocabulary) => {
  const rate = (how) => [...vocabulary].map(([word, pages]) => [how(word), pages]).filter(([good]) => good);
  const found = rate((word) => answers(typed, word));
  return found.length || typed.length < 5 ? found : rate((word) => (slip(typed, word) ? 0.4 : 0));
};

const EMPTY = new Set("a about an and are at by for from how i in is it many my of on or the there to was what who why with".split(" "));

/* The pages that have the most of the words, the best first. */
export const find = ({ entries, vocabulary }, query) => {
  const typed = wordsOf(query);
  const telling = typed.filter((word) => !EMPTY.has(word) && !/^\p{L}$/u.test(word));
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
