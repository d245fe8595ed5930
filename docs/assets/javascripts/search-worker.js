// Answers what people ask, in Chinese, from search/search_index.js (written by macros/searching.py).
// A Worker on a server, a plain script in a page opened from a disk; search-boot.js starts it.
(function () {
  "use strict";
  const READY = 1, RESULT = 3; // Material's message types
  const ELSEWHERE = 0.5; // a word of the question that stands in another part of the page
  // What pages of the reader's region and of others are worth, against 1 for pages of no region.
  const NAMED = { own: 1.6, other: 0.4 }, CHOSEN = { own: 1.1, other: 0.6 }, UNKNOWN = { other: 0.8 };
  const SHOWN = 20, WORTH_SHOWING = 0.15, SNIPPET = 110, LEAD = 20;

  const inWorker = typeof document === "undefined";
  if (inWorker) importScripts("../../search/search_index.js", "search-words.js");
  const index = self.yingjiIndex;
  const pages = index.pages.map(readPage);
  const { ideasOf, placesOf } = self.yingjiWords(index, pages);

  if (inWorker) {
    onmessage = ({ data }) => postMessage({ type: RESULT, data: answer(data) });
    postMessage({ type: READY });
  } else {
    self.yingjiAnswer = answer;
  }

  function readPage([url, names, region, boost, parts]) {
    const lower = parts.map((part) => part.map((text) => text.toLowerCase()));
    const heads = [...names, url].map((head) => head.toLowerCase());
    const all = [...heads, ...lower.flat()].join("\n");
    const kind = index.kinds[url.split("/")[0]]; // what one asks for, to find such pages first
    return { url, title: names[0], region, boost, kind, parts, lower, heads, all };
  }

  function answer({ query, region }) {
    const ideas = ideasOf(query);
    const variants = ideas.flatMap((idea) => idea.variants).sort((one, other) => other[1] - one[1]);
    const words = variants.map(([word]) => word); // the most telling first
    const ofRegion = preference(query, region);
    const preferred = (page) => ofRegion(page) * (words.includes(page.kind) ? 1 : page.boost);
    const holding = new Set(words.flatMap((word) => [...placesOf(word).keys()]));
    const results = [...holding].map((page) => rank(page, ideas, preferred)).sort(byScore);
    const worth = results.filter(({ score }) => score > results[0].score * WORTH_SHOWING);
    return { items: worth.slice(0, SHOWN).map((result) => show(result, marker(words))) };
  }

  function byScore(one, other) {
    return other.score - one.score || (one.page.url < other.page.url ? -1 : 1);
  }

  // A page is as good as its title and its best part, and the more of the question they hold.
  function rank(page, ideas, preferred) {
    const asked = ideas.reduce((sum, idea) => sum + idea.rarity, 0);
    const standing = ideas.map((idea) => standingOf(idea, page));
    let best = { score: 0, part: 0 };
    page.parts.forEach((_, part) => {
      const here = standing.map(({ title, parts, held }) => ({
        worth: title.worth + parts[part].worth,
        held: Math.max(title.held, parts[part].held, ELSEWHERE * held),
      }));
      const held = here.reduce((sum, idea) => sum + idea.held, 0);
      const worth = here.reduce((sum, idea) => sum + idea.worth, 0);
      const score = (worth + held) * (held / asked);
      if (score > best.score) best = { score, part };
    });
    return { page, part: best.part, score: best.score * preferred(page) };
  }

  // What an idea is worth in the title and in each part, and how much of it is held there at all.
  function standingOf({ variants }, page) {
    const [title, ...parts] = [null, ...page.parts].map(() => ({ worth: 0, held: 0 }));
    for (const [word, weight] of variants) {
      (placesOf(word).get(page) || []).forEach((worth, i) => {
        const at = i ? parts[i - 1] : title;
        at.worth = Math.max(at.worth, weight * worth);
        at.held = Math.max(at.held, weight * Math.min(1, 2 * worth)); // lost in a long text: less
      });
    }
    return { title, parts, held: Math.max(title.held, ...parts.map((part) => part.held)) };
  }

  // The region a question names counts, else the one chosen; what lies above or below is neutral.
  function preference(query, chosen) {
    const slugs = Object.keys(index.regions);
    const named = slugs.filter((slug) => index.regions[slug].names.some((name) => query.includes(name)));
    const own = named.length ? named : slugs.filter((slug) => slug === chosen);
    const worth = named.length ? NAMED : own.length ? CHOSEN : UNKNOWN;
    const contains = (upper, lower) => index.regions[lower].above.includes(upper);
    const related = (slug) => own.some((mine) => contains(slug, mine) || contains(mine, slug));
    return ({ region }) => {
      if (own.includes(region)) return worth.own;
      return !region || related(region) ? 1 : worth.other;
    };
  }

  // As Material draws it: the parts of a page, best first, and the page itself.
  function show({ page, part, score }, mark) {
    const [anchor, heading, text] = page.parts[part];
    const whole = { location: page.url, title: mark(page.title), text: "", score, terms: {} };
    const stretch = mark(text, SNIPPET);
    if (!anchor) return [{ ...whole, text: stretch }];
    const best = { ...whole, location: `${page.url}#${anchor}`, title: mark(heading), text: stretch };
    return [best, { ...whole, score: 0 }];
  }

  // Marks the words in a text; of a long one it shows the stretch about the most telling word.
  function marker(words) {
    const longestFirst = [...new Set(words)].sort((one, other) => other.length - one.length);
    const escaped = longestFirst.map((word) => word.replace(/[.+]/g, "\\$&"));
    const pattern = new RegExp(`(${escaped.join("|")})`, "i");
    return (text, length = text.length) => {
      const from = length < text.length ? Math.max(0, firstOf(words, text) - LEAD) : 0;
      const marked = text.slice(from, from + length).split(pattern).map(escapeHtml)
        .map((piece, i) => (i % 2 ? `<mark>${piece}</mark>` : piece)).join("");
      return (from ? "…" : "") + marked + (from + length < text.length ? "…" : "");
    };
  }

  function firstOf(words, text) {
    const lower = text.toLowerCase();
    return lower.indexOf(words.find((word) => lower.includes(word)));
  }

  function escapeHtml(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }
})();
