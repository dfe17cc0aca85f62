/* The directive `policy:annotator`: a reader's own text, annotated in the browser; it is sent nowhere. */
(() => {
  "use strict";
  const { Index, Matcher, make, heading, addressOf, failure } = window.PolicyGlossary;
  const WAIT = 300; // milliseconds after the last key
  const NO_DEFINITION = "尚无释义";

  class Annotator {
    constructor(widget) {
      const sample = [...widget.querySelectorAll(".policy-sample p")].map((p) => p.textContent).join("\n\n");
      this.input = make("textarea", { rows: 8, value: sample, spellcheck: false, aria: { label: "要标注的文章" } });
      this.first = make("input", { type: "checkbox" });
      this.status = make("span", { className: "policy-status", aria: { role: "status" } });
      this.text = make("div", { className: "policy-text", lang: "zh" });
      this.annex = make("section", { className: "policy-annex", hidden: true });
      widget.replaceChildren(
        this.input,
        make("p", { className: "policy-controls" }, make("label", {}, this.first, " 只标首次出现"), this.status),
        this.text,
        this.annex,
      );
      this.waiting = 0;
      this.asked = 0;
      this.input.addEventListener("input", () => {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.annotate(), WAIT);
      });
      this.first.addEventListener("change", () => this.annotate());
      this.annotate();
    }

    async annotate() {
      this.asked += 1;
      const asked = this.asked;
      this.status.textContent = "正在载入词表……";
      try {
        const [matcher, index] = await Promise.all([Matcher.load(), Index.load()]);
        if (asked !== this.asked) return;
        this.show(this.input.value, matcher.mentions(this.input.value), index);
      } catch (error) {
        if (asked === this.asked) this.status.textContent = failure(error);
      }
    }

    show(text, mentions, index) {
      const seen = new Map();
      const chars = Array.from(text);
      const pieces = [];
      let at = 0;
      for (const mention of mentions) {
        const known = seen.has(mention.headword);
        if (!known) seen.set(mention.headword, index.entry(mention.headword) ?? { headword: mention.headword });
        if (known && this.first.checked) continue;
        pieces.push(chars.slice(at, mention.start).join(""), marked(mention, seen.get(mention.headword)));
        at = mention.end;
      }
      pieces.push(chars.slice(at).join(""));
      this.text.replaceChildren(...pieces);
      this.status.textContent = mentions.length
        ? `${mentions.length} 处，${seen.size} 个词`
        : "没有找到词典里的词";
      this.list([...seen.values()]);
    }

    /* The terms in order of first appearance, ready to be copied as an annex. What has no definition stands below, so that
       the numbers are those of the copy. */
    list(entries) {
      this.annex.hidden = entries.length === 0;
      const defined = entries.filter((entry) => entry.definition);
      const others = entries.filter((entry) => !entry.definition);
      const copy = make("button", { type: "button", className: "policy-copy" }, "复制");
      copy.addEventListener("click", async () => {
        const lines = defined.map((entry, n) => `${n + 1}. ${entry.headword}：${entry.definition}`);
        try {
          await navigator.clipboard.writeText(["名词解释", ...lines, ""].join("\n"));
          copy.textContent = "已复制";
        } catch {
          // a page that was opened from a folder may not write to the clipboard
          copy.textContent = "浏览器不允许复制，请手动选取";
        }
      });
      const items = defined.map((entry) =>
        make("li", {}, name(entry), " ", ...heading(entry).slice(2), make("p", {}, entry.definition)),
      );
      const names = others.flatMap((entry, n) => (n ? ["、", name(entry)] : [name(entry)]));
      this.annex.replaceChildren(
        make("p", { className: "policy-annex-title" }, make("b", {}, "名词解释"), " ", defined.length ? copy : ""),
        items.length ? make("ol", {}, ...items) : "",
        others.length ? make("p", { className: "policy-undefined" }, `${NO_DEFINITION}：`, ...names) : "",
      );
    }
  }

  function name(entry) {
    return entry.address ? make("a", { href: addressOf(entry) }, entry.headword) : entry.headword;
  }

  function marked(mention, entry) {
    const title = entry.definition || NO_DEFINITION;
    const { headword, reading = "", kind = "other" } = entry;
    const link = entry.address
      ? make("a", { href: addressOf(entry), title }, mention.surface)
      : make("span", { tabIndex: 0, title }, mention.surface);
    return make("span", { className: "policy-mention", dataset: { headword, reading, kind } }, link);
  }

  document.querySelectorAll(".policy-annotator").forEach((widget) => new Annotator(widget));
})();
