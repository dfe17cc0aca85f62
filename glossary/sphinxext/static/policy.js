/* What a reader meets: cards with the definition of a term, a box that looks terms up while one types, and terms above
   the pages that Sphinx's own search finds. */
(() => {
  "use strict";
  const { Index } = window.PolicyGlossary;
  const root = new URL("../", document.currentScript.src);
  const searchPage = document.currentScript.dataset.search; // a site of one page has none
  const KINDS = JSON.parse(document.currentScript.dataset.kinds); // Python's names of the kinds
  const SUGGESTED = 8;
  const FOUND = 30;

  /* Make an element; what it holds is text or elements, never HTML. */
  function make(name, properties = {}, ...children) {
    const { dataset, aria, ...rest } = properties;
    const made = Object.assign(document.createElement(name), rest);
    Object.assign(made.dataset, dataset);
    for (const [key, value] of Object.entries(aria ?? {})) {
      made.setAttribute(key === "role" ? key : `aria-${key}`, value);
    }
    made.append(...children.filter((child) => child !== ""));
    return made;
  }

  const addressOf = (hit) => {
    const [page, anchor] = hit.address.split(/#(.*)/s);
    const url = new URL(page, root);
    // a hash may begin with its sign, and %25 in it is read as %
    url.hash = `#${anchor.replaceAll("%", "%25")}`;
    return url.href;
  };

  /* Say of a term what stands first in a card and in a list: headword, kind, reading. */
  function heading({ headword, reading, kind }) {
    return [
      make("b", { className: "policy-name", lang: "zh" }, headword),
      " ",
      make("span", { className: `policy-kind policy-k-${kind}` }, KINDS[kind] ?? kind),
      " ",
      make("span", { className: "policy-reading" }, reading ?? ""),
    ];
  }

  const failure = (error) => `词表载入失败：${error.message}`;

  /* ---- cards ---- */
  class Cards {
    constructor() {
      this.card = make("div", { id: "policy-card", className: "policy-card", hidden: true, aria: { role: "tooltip" } });
      this.shownFor = null;
      this.leaving = 0;
      document.body.append(this.card);
      document.addEventListener("pointerover", (event) => this.over(event));
      document.addEventListener("pointerout", (event) => this.out(event));
      document.addEventListener("focusin", (event) => {
        const mention = event.target.closest?.(".policy-mention");
        // a finger or the mouse focuses, too, before it clicks
        if (mention && event.target.matches(":focus-visible")) this.show(mention);
        else if (!mention && !this.card.contains(event.target)) this.hide();
      });
      document.addEventListener("focusout", () => this.hideSoon());
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.hide();
      });
      document.addEventListener("click", (event) => this.tapped(event), true);
      window.addEventListener("resize", () => this.hide());
    }

    over(event) {
      const mention = event.target.closest?.(".policy-mention");
      if (mention || this.card.contains(event.target)) clearTimeout(this.leaving);
      // a finger comes by `click`, which may follow the link
      if (mention && event.pointerType !== "touch") this.show(mention, event);
    }

    out(event) {
      if (event.pointerType !== "touch" && this.shownFor) this.hideSoon();
    }

    /* The first tap on a term shows the card, in which there is a link; elsewhere a tap closes it. */
    tapped(event) {
      const mention = event.target.closest?.(".policy-mention");
      if (mention && event.pointerType === "touch" && this.shownFor !== mention) {
        event.preventDefault();
        this.show(mention, event);
      } else if (!mention && !this.card.contains(event.target)) {
        this.hide();
      }
    }

    show(mention, event) {
      clearTimeout(this.leaving);
      if (this.shownFor === mention) return;
      this.hide();
      const said = textOf(mention);
      const link = mention.querySelector("a[href]");
      this.card.replaceChildren(
        make("p", { className: "policy-card-head" }, ...heading(mention.dataset)),
        make("p", {}, said),
        link ? make("p", { className: "policy-card-more" }, make("a", { href: link.href, tabIndex: -1 }, "查看词条")) : "",
      );
      this.card.hidden = false;
      this.shownFor = mention;
      (link ?? mention).setAttribute("aria-describedby", this.card.id);
      this.place(mention, event);
    }

    /* Put the card below the line that is pointed at, or above where there is no room, within the window. */
    place(mention, event) {
      const lines = [...mention.getClientRects()];
      const line =
        lines.find((box) => event && event.clientY >= box.top && event.clientY <= box.bottom) ?? lines[0];
      const { width, height } = this.card.getBoundingClientRect();
      const room = document.documentElement.clientWidth;
      const left = Math.max(8, Math.min(line.left, room - width - 8));
      const below = line.bottom + height + 8 <= window.innerHeight || line.top < height + 8;
      const top = below ? line.bottom + 4 : line.top - height - 4;
      this.card.style.left = `${left + window.scrollX}px`;
      this.card.style.top = `${top + window.scrollY}px`;
    }

    hide() {
      clearTimeout(this.leaving);
      this.card.hidden = true;
      this.shownFor?.querySelector("a[href]")?.removeAttribute("aria-describedby");
      this.shownFor?.removeAttribute("aria-describedby");
      this.shownFor = null;
    }

    hideSoon() {
      clearTimeout(this.leaving);
      this.leaving = setTimeout(() => this.hide(), 200);
    }
  }

  /* The definition stands in `title` for readers without scripts; here it must not come up a second time. */
  function textOf(mention) {
    const bearer = mention.querySelector("[title]") ?? mention;
    if (bearer.title) {
      mention.dataset.definition = bearer.title;
      bearer.removeAttribute("title");
    }
    return mention.dataset.definition ?? "";
  }

  /* Promise the hits for a query, and where there are none what is to be said. */
  async function found(query, most, nothing) {
    let index;
    try {
      index = await Index.load();
    } catch (error) {
      return { hits: [], said: failure(error) };
    }
    const hits = index.search(query, most);
    return { hits, said: hits.length ? "" : nothing };
  }

  /* ---- the box ---- */
  let boxes = 0;

  class Box {
    /* `panel` is where hits are shown; without one they float below the input. */
    constructor(input, panel = null) {
      boxes += 1;
      this.input = input;
      this.floats = panel === null;
      // what lies outside an open dialog is behind it, and takes no clicks
      const place = input.closest("dialog") ?? document.body;
      this.panel = panel ?? place.appendChild(make("div", { className: "policy-suggestions", hidden: true }));
      this.list = make("ul", { id: `policy-list-${boxes}`, hidden: true, aria: { role: "listbox", label: "词条" } });
      // what cannot be chosen is no option
      this.status = make("p", { className: "policy-nothing", aria: { role: "status" } });
      this.panel.append(this.list, this.status);
      this.active = -1;
      this.asked = 0;
      this.leaving = 0;
      const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
      for (const [name, value] of Object.entries({ ...attributes, "aria-controls": this.list.id })) {
        input.setAttribute(name, value);
      }
      input.autocomplete = "off";
      input.addEventListener("focus", () => {
        clearTimeout(this.leaving);
        // whether it failed is told to who types
        Index.load().catch(() => {});
      });
      input.addEventListener("input", () => this.ask());
      input.addEventListener("keydown", (event) => this.key(event));
      if (this.floats) {
        input.addEventListener("blur", () => {
          this.leaving = setTimeout(() => this.close(), 150);
        });
        for (const name of ["scroll", "resize"]) window.addEventListener(name, () => this.place(), true);
      }
    }

    async ask() {
      this.asked += 1;
      const asked = this.asked;
      const query = this.input.value;
      // the box of a theme leads on to the search page
      const nothing = this.floats ? "" : "没有这样的词条。";
      const { hits, said } = query.trim() ? await found(query, SUGGESTED, nothing) : { hits: [] };
      // meanwhile the reader may have typed on
      if (asked === this.asked) this.show(hits, said);
    }

    /* Show hits, or say why there are none. */
    show(hits, said = "") {
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.list.replaceChildren(...hits.map((hit, n) => this.option(hit, n)));
      const open = hits.length > 0;
      this.input.setAttribute("aria-expanded", String(open));
      this.list.hidden = !open;
      this.status.textContent = said;
      if (this.floats) {
        this.panel.hidden = !open && !said;
        this.place();
      }
    }

    option(hit, n) {
      const link = make(
        "a",
        { href: addressOf(hit), tabIndex: -1 },
        make("span", { className: "policy-option-head" }, ...heading(hit)),
        make("span", { className: "policy-option-text" }, hit.definition ?? ""),
      );
      return make("li", { id: `${this.list.id}-${n}`, aria: { role: "option", selected: "false" } }, link);
    }

    key(event) {
      // Enter ends the input of pinyin first
      if (event.isComposing) return;
      const options = [...this.list.querySelectorAll("[role=option] a")];
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && this.active >= 0) {
        event.preventDefault();
        window.location.href = options[this.active].href;
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const places = options.length + 1; // one of them is the input itself
        this.choose(((this.active + 1 + step + places) % places) - 1);
      }
    }

    choose(n) {
      this.active = n;
      this.list.querySelectorAll("[role=option]").forEach((option, at) => {
        option.setAttribute("aria-selected", String(at === n));
        if (at === n) {
          this.input.setAttribute("aria-activedescendant", option.id);
          option.scrollIntoView({ block: "nearest" });
        }
      });
      if (n < 0) this.input.removeAttribute("aria-activedescendant");
    }

    close() {
      this.asked += 1;
      if (this.floats) this.show([]);
    }

    place() {
      if (this.panel.hidden) return;
      const box = this.input.getBoundingClientRect();
      const room = document.documentElement.clientWidth;
      const width = Math.min(Math.max(box.width, 416), room - 16);
      this.panel.style.width = `${width}px`;
      this.panel.style.left = `${Math.max(8, Math.min(box.left, room - width - 8))}px`;
      this.panel.style.top = `${box.bottom + 4}px`;
    }
  }

  /* The box of the directive `policy:search`, its hits below it. */
  function fill(widget) {
    const input = make("input", {
      type: "search",
      name: "q",
      placeholder: "汉字、拼音、首字母、英文、释义",
      aria: { label: "查词" },
    });
    const action = searchPage === undefined ? "" : new URL(searchPage, root).href;
    const form = make("form", { action, method: "get", aria: { role: "search" } }, input);
    if (!action) form.addEventListener("submit", (event) => event.preventDefault());
    const panel = make("div", { className: "policy-hits" });
    widget.replaceChildren(form, panel);
    return new Box(input, panel);
  }

  /* ---- the search page ---- */
  async function above(results, query) {
    const section = make("section", { className: "policy-results" }, make("h2", {}, "词条"));
    // before Sphinx's own results, which come into the same place
    results.prepend(section);
    const { hits, said } = await found(query, FOUND, "没有找到这样的词条。");
    if (!hits.length) {
      section.append(make("p", {}, said));
      return;
    }
    results.classList.add("policy-found");
    const items = hits.map((hit) =>
      make(
        "li",
        {},
        make("a", { href: addressOf(hit) }, hit.headword),
        " ",
        ...heading(hit).slice(2),
        hit.definition ? make("p", { className: "policy-result-text" }, hit.definition) : "",
      ),
    );
    section.append(make("ul", { className: "search", aria: { role: "list" } }, ...items));
  }

  function begin() {
    document.querySelectorAll(".policy-mention").forEach(textOf);
    new Cards();
    document.querySelectorAll(".policy-search").forEach(fill);
    document.querySelectorAll('input[name="q"]:not([role="combobox"])').forEach((input) => new Box(input));
    const results = document.getElementById("search-results");
    const query = new URLSearchParams(window.location.search).get("q");
    if (results && query?.trim()) above(results, query);
  }

  Object.assign(window.PolicyGlossary, { make, heading, addressOf, failure });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
