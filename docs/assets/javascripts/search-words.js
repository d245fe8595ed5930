// From a question to ideas, and from a word to where it stands in the pages.
//
// A question is cut into words by the index's own vocabulary. Each word but the fillers (怎么办, 吗)
// becomes an idea: the word and, at a discount, its synonyms and its parts; rare ideas weigh more.
// Words are sought as substrings, since Chinese has no spaces: 避难 finds 应急避难场所.
(function () {
  "use strict";
  const SYNONYM = 0.8, PART = 0.4, PAIR = 0.6, SINGLE = 0.3; // against 1 for the word itself
  const TITLE = 6, HEADING = 2; // against 1 for a text full of the word
  const CLAUSE = /[a-z0-9.+\u3400-\u9fff-]+/g;
  const LETTER = /[a-z0-9]+(?:[.+-][a-z0-9]+)*|[\u3400-\u9fff]/g; // 5.12 and 119 count as one
  const LONGEST = 12; // letters of a word, as in macros/searching.py
  const LONGEST_QUESTION = 80; // letters; whole articles get pasted too

  self.yingjiWords = function (index, pages) {
    const fillers = new Set(index.fillers);
    const names = Object.values(index.regions).map((region) => region.names);
    const synonyms = byWord([...index.synonyms, ...names]);
    const titles = pages.flatMap(({ heads }) => heads.slice(0, -1)); // the last is the address
    const vocabulary = new Set([...index.words.split(" "), ...titles, ...fillers, ...synonyms.keys()]);
    const places = new Map(); // what placesOf found: most words come again with the next letter
    return { ideasOf, placesOf };

    function ideasOf(question) {
      const short = question.slice(0, LONGEST_QUESTION).toLowerCase();
      const plain = short.normalize("NFKC").replace(/·/g, "."); // １１９ → 119, 5·12 → 5.12
      const clauses = plain.match(CLAUSE) || [];
      const words = clauses.flatMap((clause) => withPairs(cut(clause.match(LETTER) || [])));
      const telling = words.filter((word) => !fillers.has(word));
      const asked = new Set(telling.length ? telling : words);
      return [...asked].map(ideaOf).filter((idea) => idea.rarity);
    }

    // Of all ways to cut, the one with the longest known words (by the sum of their squares).
    function cut(letters) {
      const best = [{ score: 0, words: [] }];
      for (let end = 1; end <= letters.length; end++) {
        for (let start = Math.max(0, end - LONGEST); start < end; start++) {
          const word = letters.slice(start, end).join("");
          if (end - start > 1 && !vocabulary.has(word)) continue;
          const score = best[start].score + word.length ** 2;
          if (best[end] && best[end].score >= score) continue;
          best[end] = { score, words: [...best[start].words, word] };
        }
      }
      return best[letters.length].words;
    }

    // Two letters that no known word covers may make one all the same: 狗, 咬 → 狗咬.
    function withPairs(words) {
      const lone = (word) => word && word.length === 1 && isHan(word) && !fillers.has(word);
      const pairs = words.map((word, i) => lone(word) && lone(words[i + 1]) && word + words[i + 1]);
      return [...words, ...pairs.filter(Boolean)];
    }

    function ideaOf(word) {
      const weights = new Map([[word, ownWeight(word)]]);
      const add = (other, weight) => weights.has(other) || weights.set(other, weight);
      for (const other of synonyms.get(word) || []) add(other, SYNONYM);
      for (const part of partsOf(word)) {
        for (const other of [part, ...(synonyms.get(part) || [])]) add(other, PART);
      }
      return weigh([...weights].filter(([variant]) => placesOf(variant).size));
    }

    function ownWeight(word) {
      if (word.length === 1) return SINGLE;
      return isHan(word) && !vocabulary.has(word) ? PAIR : 1;
    }

    function partsOf(word) {
      const parts = [];
      for (let start = 0; isHan(word) && start < word.length - 1; start++) {
        for (let end = start + 2; end <= word.length; end++) parts.push(word.slice(start, end));
      }
      return parts.filter((part) => part !== word && vocabulary.has(part) && !fillers.has(part));
    }

    // One rarity for a word and its synonyms: no page may win by the odd name of a common thing.
    function weigh(variants) {
      const same = variants.filter(([, weight]) => weight !== PART);
      const rarity = rarityOf((same.length ? same : variants).map(([word]) => word));
      const rare = ([word, weight]) => [word, weight * Math.min(rarity, rarityOf([word]))];
      return { rarity, variants: variants.map(rare) };
    }

    function rarityOf(words) {
      const { size } = new Set(words.flatMap((word) => [...placesOf(word).keys()]));
      return size ? Math.log(1 + pages.length / (size + 2)) : 0; // + 2: a lone hit may be chance
    }

    // page → what the word is worth in its title (first) and in each of its parts.
    function placesOf(word) {
      if (!places.has(word)) {
        const pattern = isHan(word) ? word : asciiPattern(word);
        const holding = pages.filter((page) => count(page.all, pattern));
        places.set(word, new Map(holding.map((page) => [page, worths(page, word, pattern)])));
      }
      return places.get(word);
    }
  };

  function byWord(groups) {
    const map = new Map();
    for (const group of groups) {
      for (const word of group) map.set(word, [...(map.get(word) || []), ...group]);
    }
    return map;
  }

  function isHan(word) {
    return word[0] > "\u33ff";
  }

  function asciiPattern(word) {
    return new RegExp(`(?:^|[^a-z0-9])${word.replace(/[.+]/g, "\\$&")}(?![0-9])`); // 19 is not in 119
  }

  function count(text, pattern) {
    return text.split(pattern).length - 1;
  }

  function worths(page, word, pattern) {
    const stands = (text) => count(text, pattern) && 0.4 + (0.6 * word.length) / text.length;
    const inParts = page.lower.map(([, heading, text]) => {
      const times = count(text, pattern);
      return HEADING * stands(heading) + times / (times + 0.5 + text.length / 400);
    });
    return [TITLE * Math.max(...page.heads.map(stands)), ...inParts];
  }
})();
