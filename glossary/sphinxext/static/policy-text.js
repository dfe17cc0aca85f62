/* Data files on demand, and folding: what Python's `glossary.folding` and `glossary.variants.bare_key` do, in the
   browser. A text is looked at by code points, as in Python, not by the UTF-16 units of JavaScript. */
(() => {
  "use strict";
  const here = document.currentScript.src;
  const state = document.currentScript.dataset.state ?? "";
  const arrived = new Map();
  const wanted = new Map();

  /* Data files call this: they are scripts, because a page opened from a folder may not fetch. */
  function take(name, data) {
    arrived.set(name, data);
  }

  /* Return what promises the same each time, made once; a promise that was broken is forgotten, as the network may be
     back when it is asked again. */
  function once(make) {
    let kept;
    return () => {
      kept ??= make().catch((error) => {
        kept = undefined;
        throw error;
      });
      return kept;
    };
  }

  /* Promise the data of the file `policy-NAME.js`, which lies beside this script; each is loaded once. */
  function want(name) {
    if (!wanted.has(name)) wanted.set(name, once(() => loaded(name)));
    return wanted.get(name)();
  }

  function loaded(name) {
    return new Promise((resolve, reject) => {
      if (arrived.has(name)) {
        resolve(arrived.get(name));
        return;
      }
      const file = `policy-${name}.js`;
      const script = document.createElement("script");
      script.src = new URL(`${file}?v=${state}`, here).href;
      // readers are shown what is said here
      script.onload = () =>
        arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(`${file} 里没有数据`));
      script.onerror = () => reject(new Error(`读不到 ${file}`));
      document.head.append(script);
    });
  }

  /* A table of one character for one, with those that a compact text leaves out. */
  class Folding {
    constructor({ from, to, dropped, punctuation, han }) {
      const target = [...to];
      this.table = new Map([...from].map((char, n) => [char, target[n]]));
      this.dropped = new Set(dropped);
      this.punctuation = new RegExp(punctuation, "gu");
      this.hanOrOther = new RegExp(`([${han}]+)|[^${han}]+`, "gu");
    }

    static async load() {
      return new Folding(await want("folding"));
    }

    char(char) {
      return this.table.get(char) ?? char;
    }

    fold(text) {
      return Array.from(text, (char) => this.char(char)).join("");
    }

    /* Fold, leave out blanks and quotation marks, and say where each remaining character stood. */
    compact(text) {
      const flat = [];
      const offsets = [];
      let at = 0;
      for (const char of text) {
        if (!this.dropped.has(char)) {
          flat.push(this.char(char));
          offsets.push(at);
        }
        at += 1;
      }
      return { flat, offsets };
    }

    keyOf(text) {
      let key = "";
      for (const char of text) if (!this.dropped.has(char)) key += this.char(char);
      return key;
    }

    /* The key without any punctuation; a key of nothing else as it is. */
    bareKey(text) {
      const key = this.keyOf(text);
      return key.replace(this.punctuation, "") || key;
    }
  }

  /* The words of a query for Sphinx's own search, as `glossary.sphinxext.language` cuts pages: Latin words, pairs of Han
     characters, and a single one where it stands alone. Sphinx doesn't wait: on its search page the folding is there
     beforehand. */
  function words(query) {
    if (!arrived.has("folding")) return query.split(/\s+/).filter(Boolean);
    const folding = new Folding(arrived.get("folding"));
    const found = [];
    for (const [word] of folding.fold(query).matchAll(/[\p{L}\p{N}_]+/gu)) {
      for (const [run, han] of word.matchAll(folding.hanOrOther)) {
        const chars = Array.from(run);
        if (!han || chars.length === 1) found.push(run);
        else for (let i = 0; i + 1 < chars.length; i += 1) found.push(chars[i] + chars[i + 1]);
      }
    }
    return found;
  }

  window.PolicyGlossary = { take, once, want, words, Folding };
})();
