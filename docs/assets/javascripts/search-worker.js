// Answers what people ask, in Chinese, from search/search_index.js (written by macros/searching.py).
// A Worker on a server, a plain script in a page opened from a disk; search-boot.js starts it.
(function () {
  "use strict";
  const READY = 1, RESULT = 3; // Material's message types
  const ELSEWHERE = 0.5; // a word of the question that stands in another part of the page
  const NAMED = { own: 1.6, other: 0.4 }; // pages of the region that the question names, of others
  const CHOSEN = { own: 1.25, other: 0.8 }; // the same for the region the reader has chosen
  const SHOWN = 20, WORTH_SHOWING = 0.15, SNIPPET = 110;

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

  function readPage([url, title, region, boost, parts]) {
    const lower = parts.map((part) => part.map((text) => text.toLowerCase()));
    const head = `${title} ${url}`.toLowerCase();
    return { url, title, region, boost, parts, lower, head, all: [head, ...lower.flat()].join("\n") };
  }

  function answer({ query, region }) {
    const ideas = ideasOf(query);
    const preferred = preference(query, region);
    const words = ideas.flatMap((idea) => idea.variants.map(([word]) => word));
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
    return { page, part: best.part, score: best.score * page.boost * preferred(page) };
  }

  // What an idea is worth in the title and in each part, and how much of it is held there at all.
  function standingOf({ variants }, page) {
    const [title, ...parts] = [null, ...page.parts].map(() => ({ worth: 0, held: 0 }));
    for (const [word, weight] of variants) {
      (placesOf(word).get(page) || []).forEach((worth, i) => {
        const at = i ? parts[i - 1] : title;
        at.worth = Math.max(at.worth, weight * worth);
        if (worth) at.held = Math.max(at.held, weight);
      });
    }
    return { title, parts, held: Math.max(title.held, ...parts.map((part) => part.held)) };
  }

  // The region a question names counts, else the reader's own. What lies above it stays as it is.
  function preference(query, chosen) {
    const slugs = Object.keys(index.regions);
    const named = slugs.filter((slug) => index.regions[slug].names.some((name) => query.includes(name)));
    const own = named.length ? named : slugs.filter((slug) => slug === chosen);
    const spared = ["", ...own.flatMap((slug) => index.regions[slug].above)];
    const factor = named.length ? NAMED : CHOSEN;
    return ({ region }) => {
      if (own.includes(region)) return factor.own;
      return !own.length || spared.includes(region) ? 1 : factor.other;
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

  // Marks the words found in a text, or in the stretch of a long one that begins with the first.
  function marker(words) {
    const longestFirst = [...new Set(words)].sort((one, other) => other.length - one.length);
    const escaped = longestFirst.map((word) => word.replace(/[.+]/g, "\\$&"));
    const pattern = new RegExp(`(${escaped.join("|")})`, "i");
    return (text, length = text.length) => {
      const from = length < text.length ? Math.max(0, text.search(pattern) - 20) : 0;
      const marked = text.slice(from, from + length).split(pattern).map(escapeHtml)
        .map((piece, i) => (i % 2 ? `<mark>${piece}</mark>` : piece)).join("");
      return (from ? "…" : "") + marked + (from + length < text.length ? "…" : "");
    };
  }

  function escapeHtml(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }
})();
