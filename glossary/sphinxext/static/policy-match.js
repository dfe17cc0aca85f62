/* Matching: where the terms of the glossary are named in a text, as Python's `glossary.matching` finds them, and judged
   as `judgement`, `boundaries`, `numerals` and `words` judge them there. Why something is done is said there; here
   stands the same, function by function, so that both can be read side by side. Tables and patterns come from Python.

   Texts are arrays of code points, and so are the beginnings and ends of mentions. */
(() => {
  "use strict";
  const { once, want, Folding } = window.PolicyGlossary;

  const LATIN = /^[0-9A-Za-z]$/;
  const LINE_BREAK = /\r\n|[^]/g;
  const CLOSED = 2;
  const NOUN = 1;

  /* The words of everyday Chinese; those with the same first character are read when one of them is asked for. */
  class Words {
    constructor({ longest, across, unknown, term, likelihoods, firsts, rests, told }) {
      Object.assign(this, { longest, across, unknown, term, likelihoods });
      this.packed = new Map(Array.from(firsts, (first, n) => [first, { rests: rests[n], told: told[n] }]));
      this.words = new Map();
    }

    unpack(first) {
      const packed = this.packed.get(first);
      if (packed === undefined) return;
      this.packed.delete(first);
      let at = 0;
      let word = "";
      for (const [, common, rest] of packed.rests.matchAll(/([A-Z])([^A-Z]*)/g)) {
        word = word.slice(0, common.charCodeAt(0) - 65) + rest;
        this.words.set(first + word, packed.told.charCodeAt(at) - 32);
        at += 1;
      }
    }

    /* What is told of a word, given as code points; nothing if it is none. */
    told(chars) {
      this.unpack(chars[0]);
      return this.words.get(chars.join(""));
    }

    has(chars) {
      return this.told(chars) !== undefined;
    }

    is(fact, chars) {
      return (this.told(chars) & fact) !== 0;
    }

    /* The words of a text as spans, by the likeliest path; `known` is a span that is a word besides those of the
       dictionary, `barred` says which spans are none. */
    path(chars, known, barred) {
      const { length } = chars;
      const score = new Float64Array(length + 1);
      const ends = new Array(length);
      for (let start = length - 1; start >= 0; start -= 1) {
        this.unpack(chars[start]);
        let best = -Infinity;
        let word = "";
        for (let end = start + 1; end <= Math.min(start + this.longest, length); end += 1) {
          word += chars[end - 1];
          const told = this.words.get(word);
          const single = end === start + 1;
          if (single || (told !== undefined && !barred?.(start, end))) {
            const value = (told === undefined ? this.unknown : this.likelihoods[told >> 2]) + score[end];
            if (value >= best) {
              best = value;
              ends[start] = end;
            }
          }
        }
        if (known?.[0] === start && this.term + score[known[1]] >= best) {
          best = this.term + score[known[1]];
          ends[start] = known[1];
        }
        score[start] = best;
      }
      const spans = [];
      for (let start = 0; start < length; start = ends[start]) spans.push([start, ends[start]]);
      return spans;
    }

    last(chars) {
      return chars.slice(...this.path(chars).at(-1));
    }

    /* Whether everyday words run over an edge of a form, or hold it whole. */
    cut(before, name, after) {
      const chars = [...before, ...name, ...after];
      const start = before.length;
      const end = start + name.length;
      const holds = (first, stop) => first <= start && end <= stop;
      const cuts = ([first, stop]) => (first < start && start < stop) || (first < end && end < stop);
      const parted = (first, stop) =>
        stop - first >= 4 &&
        [start, end].some(
          (edge) =>
            edge - first > 1 &&
            stop - edge > 1 &&
            this.has(chars.slice(first, edge)) &&
            this.has(chars.slice(edge, stop)),
        );
      const met = [start, end].some((edge) =>
        this.across.some(([back, on]) => edge >= back && this.has(chars.slice(edge - back, edge + on))),
      );
      if (!met) return false;
      const known = [start, end];
      for (const [first, stop] of this.path(chars, known, parted)) {
        const itself = first === start && stop === end;
        if (!itself && holds(first, stop)) {
          if (this.is(CLOSED, chars.slice(first, stop))) return true;
          const within = (a, b) => (holds(a, b) && !(a === start && b === end)) || parted(a, b);
          return this.path(chars, known, within).some(cuts);
        }
        if (cuts([first, stop])) return true;
      }
      return false;
    }
  }

  /* Whether the numeral or the letters at an edge of a form go on, and whether an amount counts what stands next to it;
     `before` and `after` are what touches the form. */
  class Numerals {
    constructor(characters, patterns, words) {
      this.characters = characters;
      this.patterns = patterns;
      this.words = words;
    }

    glued(before, name, after) {
      return (
        (before.length > 0 && this.gluedBefore(before, name)) ||
        (after.length > 0 && this.gluedBehind(name, after))
      );
    }

    gluedBefore(before, name) {
      const { digits, numerals, hanNumerals, counters, powers } = this.characters;
      const last = before.at(-1);
      const [first] = name;
      if (LATIN.test(last) && LATIN.test(first)) return true;
      if (last === "+") return name.includes("+");
      if (last === "." && digits.has(first)) return digits.has(before.at(-2));
      if ((last === "第" || last === "几") && numerals.has(first)) return true;
      if (counters.has(first) && numerals.has(last)) return true;
      if (hanNumerals.has(first) && hanNumerals.has(last))
        return !this.patterns.wordInOne.test(before.join(""));
      if (numerals.has(first) && last === "中" && ["中", "其中"].includes(this.words.last(before).join("")))
        return true;
      return powers.has(first) && digits.has(last);
    }

    gluedBehind(name, after) {
      const { digits, hanNumerals, counters, ones, measures } = this.characters;
      const last = name.at(-1);
      const [first] = after;
      if (LATIN.test(last) && LATIN.test(first)) return true;
      if (first === "+" && name.includes("+")) return true;
      const counts = hanNumerals.has(last) && !this.patterns.wordInOne.test(name.join(""));
      if (counts && hanNumerals.has(first)) return true;
      const counted = counters.has(first) && !(first === "期" && after[1] === "间");
      if (((counts && ones.has(last)) || digits.has(last)) && counted) return true;
      return measures.has(last) && digits.has(first);
    }

    counts(before, after) {
      const { han } = this.patterns;
      if (after.length && han.test(after[0]) && !this.characters.particles.has(after[0])) return true;
      if (!before.length || !han.test(before.at(-1))) return false;
      return this.words.is(NOUN, this.words.last(before));
    }
  }

  /* Judges the forms found in one text. */
  class Judge {
    constructor(matcher, chars, flat, offsets) {
      Object.assign(this, { matcher, chars, flat, offsets });
    }

    /* Where in the text a form at `start` to `end` of the compact text stands; nothing if not as a name. */
    span(start, end, { doubts, headword }) {
      const { bits, short, reach, characters, patterns, numerals, words, folding } = this.matcher;
      const { EDGE, WORD, QUOTED, TAIWAN, AMOUNT, WHOLE } = bits;
      let span = [this.offsets[start], this.offsets[end - 1] + 1];
      const broken = span[1] - span[0] !== end - start;
      if (broken) span = this.widened(...span);
      if (!span) return null;
      if (doubts & WHOLE && this.enclosed(...span)) span = [span[0] - 1, span[1] + 1];
      else if (doubts & QUOTED && !this.enclosed(...span)) return null;
      if (doubts & TAIWAN && !this.traditional(...span)) return null;
      if (doubts & (EDGE | WORD)) {
        const spaced = broken && this.chars.slice(...span).some((char) => characters.spaces.has(char));
        const far = doubts & (WORD | AMOUNT) ? reach.window : reach.next;
        const before = this.before(start, far, spaced);
        const after = this.after(end, far, spaced);
        const name = this.flat.slice(start, end);
        if (doubts & EDGE && numerals.glued(before, name, after)) return null;
        if (doubts & AMOUNT && numerals.counts(before, after)) return null;
        if (doubts & WORD && (before.length || after.length)) {
          if (patterns.between.test(after.join(""))) return null;
          if (doubts & EDGE && name.length < short && this.partOfAQuote(...span)) return null;
          if (words.cut(before, name, after)) return null;
          if (doubts & TAIWAN && words.cut(before, folding.compact(headword).flat, after)) return null;
        }
      }
      return span;
    }

    /* What is glued to the front of a form: up to a blank, a quotation mark or the beginning. */
    before(start, far, spaced) {
      let at = start;
      while (at > 0 && start - at < far && !this.parted(at - 1, spaced)) at -= 1;
      return this.flat.slice(at, start);
    }

    after(end, far, spaced) {
      let at = end;
      while (at < this.flat.length && at - end < far && !this.parted(at - 1, spaced)) at += 1;
      return this.flat.slice(end, at);
    }

    /* Whether a character of the compact text and the next are parted; in justified text a blank parts none. */
    parted(at, spaced) {
      const { quotes, spaces } = this.matcher.characters;
      return this.chars
        .slice(this.offsets[at] + 1, this.offsets[at + 1])
        .some((char) => quotes.has(char) || (!spaced && spaces.has(char)));
    }

    enclosed(first, stop) {
      const { opening, closing } = this.matcher.characters;
      return opening.has(this.chars[first - 1]) && closing.has(this.chars[stop]);
    }

    /* Whether a quote begins with a name and goes on: “五好家庭” is a name of its own. */
    partOfAQuote(first, stop) {
      const { characters, patterns } = this.matcher;
      if (!characters.opening.has(this.chars[first - 1])) return false;
      const rest = patterns.restOfQuote.exec(this.chars.slice(stop, stop + 5).join(""));
      return rest !== null && patterns.han.test(rest[1]);
    }

    /* Whether a place lies in a text in traditional characters. */
    traditional(first, stop) {
      const around = this.chars
        .slice(Math.max(first - 100, 0), stop + 100)
        .filter((char) => "\u3400" <= char && char <= "\u9fff");
      const changed = around.filter((char) => this.matcher.folding.char(char) !== char);
      return changed.length * 12 >= around.length;
    }

    /* The span of a form that blanks or quotation marks break, widened by the marks whose partners are in it; nothing
       where it runs over the gap between paragraphs or cuts through a quote. */
    widened(first, stop) {
      const { characters, patterns } = this.matcher;
      const { quotes, opening, closing, twoWays } = characters;
      const { chars } = this;
      const within = chars.slice(first, stop).join("").replace(patterns.seamless, "");
      const open = [];
      let closed = 0;
      let breaks = 0;
      for (const [char] of within.matchAll(LINE_BREAK)) {
        if (!quotes.has(char)) breaks += 1;
        else if (twoWays.has(char) && open.includes(char)) open.splice(open.indexOf(char), 1);
        else if (twoWays.has(char) || opening.has(char)) open.push(char);
        else if (open.length) open.pop();
        else closed += 1;
      }
      if (breaks > 1) return null;
      for (; closed > 0; closed -= 1) {
        if (!opening.has(chars[first - 1])) return null;
        first -= 1;
      }
      for (const char of open) {
        if (closing.has(chars[stop])) stop += 1;
        else if (twoWays.has(char) && chars[first - 1] === char) first -= 1;
        else if (char !== "'") return null;
      }
      return [first, stop];
    }
  }

  /* The terms of the glossary made ready for matching. */
  class Matcher {
    constructor(folding, words, data) {
      const {
        headwords,
        forms,
        owners,
        hows,
        doubts,
        bits,
        short,
        window,
        next,
        characters,
        patterns,
        narrow,
      } = data;
      Object.assign(this, { folding, words, bits, short, reach: { window, next } });
      this.characters = mapped(characters, (all) => new Set(all));
      this.patterns = mapped(patterns, (pattern) => new RegExp(pattern, "u"));
      this.patterns.seamless = new RegExp(patterns.seamless, "gu");
      this.narrow = new Map(Object.entries(narrow));
      this.numerals = new Numerals(this.characters, this.patterns, words);
      this.root = new Map();
      forms.forEach((form, n) =>
        this.add(form, { headword: headwords[owners[n]], how: hows[n], doubts: doubts[n] }),
      );
    }

    /* Promise the matcher of the site, which is made once. */
    static load = once(async () => {
      const [folding, words, data] = await Promise.all([Folding.load(), want("words"), want("matching")]);
      return new Matcher(folding, new Words(words), data);
    });

    /* Put a form into the trie: a node maps characters to nodes, and "" to what is found there. */
    add(form, found) {
      let node = this.root;
      for (const char of form) {
        if (!node.has(char)) node.set(char, new Map());
        node = node.get(char);
      }
      node.set("", found);
    }

    /* The mentions in a text, by start; what begins inside a mention is passed over. */
    mentions(text) {
      const chars = [...text];
      const { flat, offsets } = this.folding.compact(text);
      const judge = new Judge(this, chars, flat, offsets);
      const mentions = [];
      for (let start = 0; start < flat.length; start += 1) {
        for (const [end, found] of this.beginning(flat, start).reverse()) {
          const span = judge.span(start, end, found);
          if (span) {
            const [first, stop] = span;
            const surface = chars.slice(first, stop).join("");
            const { headword } = found;
            mentions.push({
              start: first,
              end: stop,
              surface,
              headword,
              variant: this.variant(surface, found),
            });
            start = end - 1;
            break;
          }
        }
      }
      return mentions;
    }

    /* The forms that begin at a place, the shorter first. */
    beginning(flat, start) {
      const found = [];
      let node = this.root.get(flat[start]);
      for (let end = start + 1; node !== undefined; end += 1) {
        if (node.has("")) found.push([end, node.get("")]);
        node = node.get(flat[end]);
      }
      return found;
    }

    /* How a surface differs from the headword, `null` if in nothing; of several ways, the one that is further from it. */
    variant(surface, { headword, how }) {
      if (surface === headword) return null;
      if (how) return how;
      const { blanks, quotes } = this.characters;
      const simplified = (written) => this.simplify(written);
      const plain = simplified(surface);
      const script = plain === surface ? "simplified" : "traditional";
      if (plain === headword || plain === simplified(headword)) return script;
      const ways = [
        ["spacing", (written) => changed(written, (char) => (blanks.has(char) ? "" : char))],
        ["width", (written) => changed(written, (char) => this.narrow.get(char) ?? char)],
        ["case", (written) => written.toLowerCase()],
        ["quotes", (written) => changed(written, (char) => (quotes.has(char) ? "" : char))],
        [script, simplified],
      ];
      for (const [way, foldAway] of ways) {
        surface = foldAway(surface);
        headword = foldAway(headword);
        if (surface === headword) return way;
      }
      return "marks";
    }

    /* Fold Han characters and nothing else. */
    simplify(text) {
      return changed(text, (char) => (this.patterns.han.test(char) ? this.folding.char(char) : char));
    }
  }

  function changed(text, change) {
    return Array.from(text, change).join("");
  }

  function mapped(object, change) {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
  }

  Object.assign(window.PolicyGlossary, { Matcher });
})();
