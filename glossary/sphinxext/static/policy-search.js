/* Search the way people type, as Python's `glossary.searching` does: its module says what counts how much. The limits,
   patterns and tables are Python's own and come with the index; a plain pass over some thousand forms replaces the
   full-text tables. */
(() => {
  "use strict";
  const { once, want, Folding } = window.PolicyGlossary;
  const UNFIT = /[\0\ud800-\udfff]/gu; // what no text holds: NUL, and half a character
  const BEYOND = /[\ud800-\udfff]/; // what JavaScript counts as two
  const MARKS = /[^\p{L}\p{N}]+/gu; // what of a reading is neither letter nor figure
  const WORD = /[\p{L}\p{N}]+/gu;
  const COMBINING = /\p{M}/gu;

  const sizeOf = (text) => (BEYOND.test(text) ? [...text].length : text.length);
  const wordsOf = (text) => text.split(/\s+/).filter(Boolean);
  const unique = (values) => [...new Set(values)];
  const pairsOf = (text) => {
    const chars = [...text];
    return chars.slice(1).map((char, n) => chars[n] + char);
  };
  /* The order of strings in Python: by code points. UTF-16 puts what lies beyond the first plane too early. */
  const compare = (one, other) => {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1);
  };

  /* Keys, each with the numbers of the entries that it names, the shortest key first. */
  class Postings {
    constructor(pairs) {
      this.numbers = new Map();
      for (const [key, n] of pairs) {
        const named = this.numbers.get(key);
        if (!named) this.numbers.set(key, [n]);
        else if (!named.includes(n)) named.push(n);
      }
      this.keys = Array.from(this.numbers.keys(), (text) => ({ text, size: sizeOf(text) }));
      this.keys.sort((one, other) => one.size - other.size || compare(one.text, other.text));
    }

    get(key) {
      return this.numbers.get(key) ?? [];
    }

    /* Yield the keys that fit, so many of the shortest, each with every entry that it names. */
    *which(fits, most = Infinity) {
      for (const { text, size } of this.keys) {
        if (most <= 0) return;
        if (fits(text, size)) {
          most -= 1;
          for (const n of this.numbers.get(text)) yield { n, text, size };
        }
      }
    }
  }

  /* What is typed for a reading, and what is made of one: see `glossary.keys`. */
  class Readings {
    constructor({ tones, syllable, typedU, heard }) {
      this.tones = new RegExp(`[${tones}]`, "gu");
      this.syllable = new RegExp(`^(?:${syllable})$`, "u");
      this.typedU = new RegExp(typedU, "gu");
      this.sounds = heard.map(([sound, plain]) => [new RegExp(sound, "gu"), plain]);
      this.known = new Map();
    }

    /* A token without tone marks; there are some thousand tokens, and each is asked for many times. */
    letters(token) {
      let letters = this.known.get(token);
      if (letters === undefined) {
        letters = token.normalize("NFD").replace(this.tones, "").normalize("NFC");
        this.known.set(token, letters);
      }
      return letters;
    }

    /* The tokens of a reading: syllables without tone marks, Latin tokens as they are. */
    tokens(reading) {
      return wordsOf(reading).map((token) => {
        const letters = this.letters(token);
        return this.syllable.test(letters) ? { letters, latin: false } : { letters: token, latin: true };
      });
    }

    toneless(reading) {
      return this.tokens(reading).map(({ letters }) => letters.replaceAll("ü", "u"));
    }

    initials(reading) {
      const first = ({ letters, latin }) => (latin ? letters.toLowerCase() : letters[0]);
      return this.tokens(reading).map(first).join("").replace(MARKS, "").replaceAll("ü", "u");
    }

    key(text) {
      const bare = wordsOf(text.toLowerCase())
        .map((token) => this.letters(token))
        .join("");
      return bare.replaceAll("ü", "u").replace(MARKS, "").replace(this.typedU, "u");
    }

    heard(key) {
      return this.sounds.reduce((said, [sound, plain]) => said.replace(sound, plain), key);
    }

    isToned(text) {
      return text.normalize("NFD").search(this.tones) >= 0;
    }
  }

  /* The entries as columns give them: see `index_data` in Python. */
  function entriesOf(data) {
    // the n-th character of the alphabet is written as the n-th code point from U+0080 on, half characters left out
    const alphabet = new Map(
      Array.from(data.alphabet, (char, n) => [String.fromCodePoint(n + (n < 0xd780 ? 0x80 : 0x880)), char]),
    );
    const spelt = (text) => {
      let written = "";
      for (const char of text) written += alphabet.get(char) ?? char;
      return written;
    };
    const said = new Map(
      data.said.flatMap((chars, n) => Array.from(spelt(chars), (char) => [char, data.syllables[n]])),
    );
    const parts = new RegExp(data.rules.part, "gu");
    const read = (headword) => (headword.match(parts) ?? []).map((part) => said.get(part) ?? part).join(" ");
    return data.headwords.map((written, n) => {
      const headword = spelt(written);
      const members = data.members[n] ?? [];
      const definitions = [data.definitions[n], ...(data.others[n] ?? [])].map((text, at) => {
        const searched = spelt(text);
        return { searched, shown: searched + spelt(members[at] ?? "") };
      });
      return {
        headword,
        reading: data.readings[n] ?? read(headword),
        kind: data.kinds[data.kind[n]],
        english: data.english[n],
        page: data.pages[data.page[n]],
        forms: (data.forms[n] ?? []).map(spelt),
        definitions: definitions.filter(({ shown }) => shown),
      };
    });
  }

  class Index {
    constructor(folding, data) {
      const rules = data.rules;
      this.folding = folding;
      this.rules = rules;
      this.readings = new Readings(rules);
      this.han = new RegExp(rules.han, "u");
      this.hanRuns = new RegExp(`${rules.han}+`, "gu");
      this.latin = new RegExp(rules.latin, "u");
      this.letters = new RegExp(rules.letters, "gu");
      this.notLetters = new RegExp(rules.notLetters, "gu");
      this.numbered = new RegExp(`^(?:${rules.numbered})$`, "u");
      this.toneDigit = new RegExp(rules.toneDigit, "gu");
      this.englishWords = new RegExp(rules.english, "gu");
      this.articles = new Set(rules.articles);

      const all = entriesOf(data);
      this.known = new Map(all.map((entry) => [entry.headword, entry]));
      const entries = all.filter(({ page }) => page !== undefined);
      this.entries = entries;
      const postings = (keysOf) =>
        new Postings(entries.flatMap((entry, n) => keysOf(entry).map((key) => [key, n])));
      const withBare = (key) => [key, folding.bareKey(key)];
      this.names = postings(({ headword, forms }) => [folding.keyOf(headword), ...forms].flatMap(withBare));
      const aloud = (keyOf) => postings(({ reading }) => (reading ? [keyOf(reading)] : []));
      this.pinyin = aloud((reading) => this.readings.key(reading));
      this.initials = aloud((reading) => this.readings.initials(reading));
      this.fuzzy = aloud((reading) => this.readings.heard(this.readings.key(reading)));
      this.english = entries.map(({ english }) => unique(this.plain(english).match(WORD) ?? []));
      this.senses = entries.flatMap(({ definitions }, n) =>
        definitions.map(({ searched, shown }) => {
          return { n, definition: shown, flat: folding.keyOf(searched), size: sizeOf(searched) };
        }),
      );
    }

    /* Promise the index of the site, which is made once. */
    static load = once(async () => new Index(...(await Promise.all([Folding.load(), want("index")]))));

    /* What is shown of a term, by its headword; where no page has it, it has no address. */
    entry(headword) {
      const known = this.known.get(headword);
      return known && this.shown(known);
    }

    shown({ headword, reading, kind, english, page, definitions }) {
      const { dropped } = this.folding;
      const anchor = Array.from(headword, (char) => (dropped.has(char) ? "" : char)).join("");
      const address = page === undefined ? undefined : `${page}#${anchor}`;
      return { headword, reading, kind, english, definition: definitions[0]?.shown ?? "", address };
    }

    /* The words of a query as keys. */
    keysOf(query) {
      return wordsOf(query)
        .map((word) => this.folding.keyOf(word))
        .filter(Boolean);
    }

    /* Return the hits for a query, best first. */
    search(query, limit = 10) {
      query = [...query].slice(0, this.rules.longest).join("").replace(UNFIT, "");
      const key = this.folding.keyOf(query);
      const bare = this.folding.bareKey(query);
      if (!key || limit <= 0) return [];
      const best = new Map();
      // a way is gone where too few hits are there that are as good as the best to come from it
      const take = (found, most) => {
        let enough = limit;
        for (const { score } of best.values()) if (score >= most) enough -= 1;
        if (enough <= 0) return;
        for (const each of found) if (!(each.score <= best.get(each.n)?.score)) best.set(each.n, each);
      };
      const latin = this.latin.test(key);
      const han = this.han.test(key);
      const typed = query.replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));

      if (bare !== key) take(this.written(bare, 0.99), 1);
      take(this.written(key, 1), 1);
      if (latin) take(han ? this.mixed(bare) : this.typed(typed, limit), 0.96);
      for (const written of unique([key, bare])) {
        take(this.within(written), 0.8);
        take(this.around(written), 0.7);
      }
      if (han) take(this.scattered(query), 0.6);
      if (latin && !han) take(this.inEnglish(typed), 0.9);
      if (![...best.values()].some(({ score }) => score >= this.rules.good)) take(this.similar(bare), 0.55);
      take(this.defined(query), 0.45);
      take(this.partlyDefined(query), 0.4);

      // of equal scores the shortest form goes first, as in Python, then the shortest headword; entries are in order
      const by = (size) => (one, other) =>
        other.score - one.score || size(one) - size(other) || one.n - other.n;
      return Array.from(best.values(), (found) => ({ ...found, size: sizeOf(found.form ?? "") }))
        .sort(by(({ size }) => size))
        .slice(0, limit + this.rules.spare)
        .sort(by(({ n }) => sizeOf(this.entries[n].headword)))
        .slice(0, limit)
        .map((found) => this.hit(found));
    }

    hit({ n, score, matched, field, form, definition }) {
      const shown = this.shown(this.entries[n]);
      const { folding } = this;
      if (field === "headword" && folding.bareKey(form) !== folding.bareKey(shown.headword)) field = "variant";
      return { ...shown, definition: definition ?? shown.definition, matched, field, score };
    }

    /* Written forms: the whole, scored so, and the beginning. */
    *written(key, whole) {
      const { folding, names, entries } = this;
      for (const n of names.get(key)) {
        const { headword } = entries[n];
        const alike = folding.bareKey(headword) === folding.bareKey(key);
        const less = folding.keyOf(headword) === key ? 0 : alike ? 0.01 : 0.02;
        yield { n, score: whole - less, matched: key, field: "headword", form: key };
      }
      const long = sizeOf(key);
      for (const { n, text, size } of names.which((form) => form.startsWith(key), this.rules.short)) {
        const score = 0.8 + (0.1 * long) / size;
        if (text !== key) yield { n, score, matched: key, field: "headword", form: text };
      }
    }

    /* Written forms that hold a text, not at their beginning. */
    *within(key) {
      const long = sizeOf(key);
      for (const { n, text, size } of this.names.which((form) => form.indexOf(key) > 0, this.rules.short)) {
        yield { n, score: 0.7 + (0.1 * long) / size, matched: key, field: "headword", form: text };
      }
    }

    /* Written forms that a text holds: 什么是新质生产力. */
    *around(key) {
      const chars = [...key];
      const most = Math.min(chars.length - 1, this.names.keys.at(-1)?.size ?? 0);
      for (let start = 0; start < chars.length; start += 1) {
        let form = chars[start];
        for (let size = 2; size <= most && start + size <= chars.length; size += 1) {
          form += chars[start + size - 1];
          const score = 0.6 + (0.1 * size) / chars.length;
          for (const n of this.names.get(form)) yield { n, score, matched: form, field: "headword", form };
        }
      }
    }

    /* Written forms that hold every word of a query, in any order: 环境 营商. */
    *scattered(query) {
      const words = this.keysOf(query).map((word) => this.folding.bareKey(word));
      if (words.length < 2) return;
      const long = words.reduce((sum, word) => sum + sizeOf(word), 0);
      const matched = words.join(" ");
      const fits = (form) => words.every((word) => form.includes(word));
      for (const { n, text, size } of this.names.which(fits, this.rules.short)) {
        yield { n, score: 0.5 + 0.1 * Math.min(1, long / size), matched, field: "headword", form: text };
      }
    }

    /* Readings by letters: pinyin with or without blanks and tones, initials, and pinyin as it is heard. */
    *typed(query, limit) {
      const { readings, rules } = this;
      if (this.numbered.test(query.trim())) query = query.replace(this.toneDigit, "");
      const typed = readings.key(query.replace(this.notLetters, " "));
      if (!typed) return;
      const asked = wordsOf(query.toLowerCase().normalize("NFC").replace(this.notLetters, " "));
      const toned = readings.isToned(query);
      const alike = this.pinyin.get(typed);
      const parts = (tokens) => tokens.map((token) => readings.key(token)).join(" ");
      for (const n of alike) {
        const said = wordsOf(this.entries[n].reading.toLowerCase().replace(this.notLetters, " "));
        // xi'an is 西安 before 先
        const parted = asked.length > 1 && parts(asked) === parts(said);
        const score = toned && said.join("") !== asked.join("") ? 0.85 : parted ? 0.96 : 0.95;
        yield { n, score, matched: typed, field: "pinyin" };
      }
      const long = sizeOf(typed);
      if (long < 2) return;
      for (const n of this.initials.get(typed)) yield { n, score: 0.9, matched: typed, field: "initials" };
      const sound = readings.heard(typed);
      for (const n of this.fuzzy.get(sound)) yield { n, score: 0.78, matched: typed, field: "fuzzy" };
      for (const [postings, start, field, base, span] of [
        [this.pinyin, typed, "pinyin", 0.6, 0.2],
        [this.initials, typed, "initials", 0.55, 0.1],
        [this.fuzzy, sound, "fuzzy", 0.45, 0.1],
      ]) {
        for (const { n, text, size } of postings.which((key) => key.startsWith(start), rules.short)) {
          yield { n, score: base + (span * sizeOf(start)) / size, matched: typed, field, form: text };
        }
      }
      if (long >= 4 && alike.length < limit) {
        for (const { n, text } of this.pinyin.which((key) => key.includes(typed), rules.short)) {
          const score = this.parted(typed, text, this.entries[n].reading);
          yield { n, score, matched: typed, field: "pinyin", form: text };
        }
      }
    }

    /* Score a part of a reading, by whether it begins and ends where syllables do: no huanjing in zhuanjing. */
    parted(typed, key, reading) {
      const edges = [0];
      for (const syllable of wordsOf(reading)) edges.push(edges.at(-1) + this.readings.key(syllable).length);
      const begun = edges.filter((at) => key.startsWith(typed, at));
      if (!begun.length) return 0.3;
      return begun.some((at) => edges.includes(at + typed.length)) ? 0.52 : 0.5;
    }

    /* Headwords typed half in hanzi, half in letters: yi网tb. */
    *mixed(key) {
      key = key.replace(this.letters, (run) => this.readings.key(run));
      if (sizeOf(key) > this.rules.mixed) return;
      const runs = key.match(this.hanRuns);
      for (const { n, text, size } of this.names.which((form) => runs.every((run) => form.includes(run)))) {
        const said = this.readings.toneless(this.entries[n].reading);
        if (said.length === size && spells([...key], [...text], said)) {
          yield { n, score: 0.75, matched: key, field: "mixed", form: text };
        }
      }
    }

    /* A text as English is compared: without accents and case. */
    plain(text) {
      return text.toLowerCase().normalize("NFD").replace(COMBINING, "");
    }

    /* English equivalents by their words, the last of which may be begun only. */
    *inEnglish(query) {
      const typed = unique(this.plain(query).match(this.englishWords) ?? []);
      const telling = typed.filter((word) => !this.articles.has(word));
      const words = telling.length ? telling : typed;
      const matched = words.join(" ");
      if (matched.length < 2) return;
      const last = words.pop();
      for (const [n, own] of this.english.entries()) {
        if (words.every((word) => own.includes(word)) && own.some((word) => word.startsWith(last))) {
          const share = Math.min(1, matched.length / sizeOf(this.entries[n].english));
          yield { n, score: 0.5 + 0.4 * share, matched, field: "english" };
        }
      }
    }

    /* Definitions that hold every word of a query. */
    *defined(query) {
      const words = this.keysOf(query).filter((word) => sizeOf(word) > 1);
      if (!words.some((word) => word.match(WORD)?.some((run) => sizeOf(run) > 1))) return;
      const long = words.reduce((sum, word) => sum + sizeOf(word), 0);
      const matched = words.join(" ");
      for (const { n, definition, flat, size } of this.senses) {
        if (words.every((word) => flat.includes(word))) {
          yield { n, score: 0.4 + 0.05 * Math.min(1, long / size), matched, field: "definition", definition };
        }
      }
    }

    /* Definitions that hold half of the pairs of Han characters of a query, or more: 环境污染防治措施. */
    *partlyDefined(query) {
      const typed = this.keysOf(query).join(" ");
      const asked = unique((typed.match(this.hanRuns) ?? []).flatMap(pairsOf));
      const long = sizeOf(typed);
      const most = asked.length * (1 - this.rules.half);
      for (const { n, definition, flat, size } of asked.length ? this.senses : []) {
        let missing = 0;
        for (const pair of asked) {
          if (!flat.includes(pair)) missing += 1;
          if (missing > most) break;
        }
        if (missing <= most) {
          const held = asked.length - missing;
          const score = 0.3 + (0.08 * held) / asked.length + 0.02 * Math.min(1, long / size);
          yield { n, score, matched: typed, field: "definition", definition };
        }
      }
    }

    /* Written forms with one character wrong, missing or too many: 新质生产里. */
    *similar(key) {
      const chars = [...key];
      const long = chars.length;
      if (long < 3 || long > this.rules.similar) return;
      const fits = (form, size) => Math.abs(size - long) <= 1 && isNear(chars, [...form]);
      for (const { n, text } of this.names.which(fits)) {
        yield { n, score: 0.55 - 0.6 / long, matched: text, field: "similar", form: text };
      }
    }
  }

  /* Tell whether each part of a key is a character, its syllable, or the beginning of its syllable, from the first on. */
  function spells(key, form, said) {
    let reached = new Set([0]);
    for (const [n, char] of form.entries()) {
      const following = new Set();
      for (const at of reached) {
        if (key[at] === char) following.add(at + 1);
        for (let size = 0; size < said[n].length && key[at + size] === said[n][size]; size += 1) {
          following.add(at + size + 1);
        }
      }
      if (following.has(key.length)) return true;
      reached = following;
    }
    return false;
  }

  /* Tell whether two texts differ in one character that is wrong, missing or too many. */
  function isNear(one, other) {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    let left = one.length;
    let right = other.length;
    while (left > at && right > at && one[left - 1] === other[right - 1]) {
      left -= 1;
      right -= 1;
    }
    return left - at <= 1 && right - at <= 1;
  }

  window.PolicyGlossary.Index = Index;
})();
