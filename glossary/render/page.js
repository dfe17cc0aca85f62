// Shows the notes of a mention in a card: under the pointer, at the keyboard's focus, at a tap.
// Without this script every mention is a link to its note in the list.
(() => {
  "use strict";
  const card = document.getElementById("gl-card");
  const said = card.querySelector(".gl-said");
  const sheet = matchMedia("(max-width: 40rem)");
  let at = null;
  let pinned = false;
  let timer = 0;

  const mentionOf = (node) => (node instanceof Element ? node.closest(".gl-text [data-terms]") : null);

  function fill(mention) {
    said.replaceChildren();
    for (const name of mention.dataset.terms.split(" ")) {
      const note = document.getElementById(name).querySelector(".gl-note").cloneNode(true);
      for (const node of note.querySelectorAll("[id]")) node.removeAttribute("id");
      // The headword is a link to its first mention: of use in the list, not here.
      for (const link of note.querySelectorAll("a")) {
        link.removeAttribute("href");
      }
      said.append(note);
    }
    card.scrollTop = 0;
  }

  function place(mention, x) {
    card.style.left = card.style.top = "";
    if (sheet.matches) {
      const covered = mention.getBoundingClientRect().bottom + 16 - card.getBoundingClientRect().top;
      if (covered > 0) scrollBy({ top: covered });
      return;
    }
    // A mention may run over two lines: take the line that is pointed at.
    const lines = [...mention.getClientRects()];
    const line = lines.find((r) => x !== undefined && x.x >= r.left && x.x <= r.right && x.y >= r.top - 4 && x.y <= r.bottom + 4) || lines[0];
    const width = document.documentElement.clientWidth;
    const left = Math.max(16, Math.min(line.left - 16, width - card.offsetWidth - 16));
    const below = line.bottom + 8;
    const fits = below + card.offsetHeight <= innerHeight - 8 || line.top < card.offsetHeight + 16;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(fits ? below : line.top - card.offsetHeight - 8) + scrollY}px`;
  }

  function show(mention, { pin = false, point } = {}) {
    clearTimeout(timer);
    if (at && at !== mention) at.classList.remove("gl-on");
    if (at !== mention) fill(mention);
    at = mention;
    pinned = pin;
    mention.classList.add("gl-on");
    card.hidden = false;
    place(mention, point);
  }

  function hide() {
    clearTimeout(timer);
    if (at) at.classList.remove("gl-on");
    at = null;
    pinned = false;
    card.hidden = true;
  }

  function later(act, wait) {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    const mention = mentionOf(event.target);
    if (mention) {
      if (mention === at) clearTimeout(timer);
      else later(() => show(mention, { point: { x: event.clientX, y: event.clientY } }), at ? 150 : 80);
    } else if (card.contains(event.target)) clearTimeout(timer);
    // The way from the mention to the card leads over other things.
    else later(hide, 250);
  });
  document.addEventListener("focusin", (event) => {
    const mention = mentionOf(event.target);
    if (mention && mention.matches(":focus-visible")) show(mention);
    else if (!mention && !card.contains(event.target)) hide();
  });
  document.addEventListener("focusout", (event) => {
    if (!pinned && mentionOf(event.target) && !card.contains(event.relatedTarget)) hide();
  });
  document.addEventListener("click", (event) => {
    const mention = mentionOf(event.target);
    if (mention && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      // No pointer, no count: Enter follows the link to the list, as Enter does everywhere.
      if (event.detail === 0) return hide();
      event.preventDefault();
      if (pinned && at === mention) hide();
      else show(mention, { pin: true, point: { x: event.clientX, y: event.clientY } });
    } else if (event.target.closest(".gl-close") || !card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("resize", () => at && place(at));
})();
