/* Casebook: what a script can add. Every page works without it. */
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  const announcer = document.querySelector(".announcer");
  let silence = 0;

  function announce(words) {
    announcer.textContent = words;
    window.clearTimeout(silence);
    silence = window.setTimeout(() => (announcer.textContent = ""), 2500);
  }

  /* ---- copying links ------------------------------------------------------------------- */

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    // Without HTTPS a browser offers only this older way.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("the browser refused");
  }

  for (const link of document.querySelectorAll(".link-here")) {
    const word = link.firstChild;
    if (word && word.nodeValue === "Link") word.nodeValue = "Copy link";
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      try {
        await copy(link.href);
        announce("Link copied");
      } catch {
        window.location.assign(link.href);
      }
      link.focus({ preventScroll: true });
    });
  }

  /* ---- moving between matches ---------------------------------------------------------- */

  const bar = document.querySelector(".hits");
  const marks = [...document.querySelectorAll("mark[id^='hit-']")];
  let current = -1;

  function show(index) {
    if (!marks.length) return;
    if (current >= 0) marks[current].classList.remove("current");
    current = (index + marks.length) % marks.length;
    marks[current].classList.add("current");
    bar.querySelector(".where").textContent = `${current + 1} of ${marks.length}`;
  }

  function go(step) {
    if (!marks.length) return;
    show(current < 0 ? (step > 0 ? 0 : -1) : current + step);
    marks[current].scrollIntoView({ block: "center" });
  }

  // By key, the focus goes along: a screen reader reads on from the match.
  function goByKey(step) {
    go(step);
    if (current < 0) return;
    marks[current].tabIndex = -1;
    marks[current].focus({ preventScroll: true });
  }

  function begin() {
    if (!bar || !marks.length) return;
    const name = decodeURIComponent(window.location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target) return;
    const follows = Node.DOCUMENT_POSITION_FOLLOWING;
    const here = (m) => m === target || target.compareDocumentPosition(m) & follows;
    show(Math.max(0, marks.findIndex(here)));
  }

  function clearMarks() {
    for (const mark of document.querySelectorAll("article mark")) {
      mark.replaceWith(...mark.childNodes);
    }
    for (const count of document.querySelectorAll(".inside .count")) count.remove();
    bar.remove();
    marks.length = 0;
    window.history.replaceState(null, "", bar.querySelector(".clear").href);
    announce("Marks cleared");
  }

  if (bar) {
    for (const button of bar.querySelectorAll("[data-go]")) {
      button.addEventListener("click", () => go(button.dataset.go === "next" ? 1 : -1));
    }
    begin();
    window.addEventListener("hashchange", begin);
  }

  /* ---- keys ---------------------------------------------------------------------------- */

  const WANTED = "casebook-keys";

  function keysWanted() {
    try {
      return window.localStorage.getItem(WANTED) !== "off";
    } catch {
      return true; // storage is switched off
    }
  }

  const box = document.getElementById("question_box");
  const actions = {
    "/": () => box && (box.focus(), box.select()),
    "?": () => window.location.assign(document.querySelector("[data-keys]").href),
    n: () => goByKey(1),
    p: () => goByKey(-1),
    Escape: () => bar && bar.isConnected && clearMarks(),
  };

  // On a Cyrillic keyboard the same two keys, by their place.
  function keyOf(event) {
    const isLatin = event.key.length > 1 || event.key <= "~";
    return isLatin || event.shiftKey ? event.key : { KeyN: "n", KeyP: "p" }[event.code];
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inside = event.target.closest("input, textarea, select, [contenteditable]");
    if (inside) {
      if (event.key === "Escape" && inside === box) box.blur();
      return;
    }
    const key = keyOf(event);
    if (!Object.hasOwn(actions, key) || !keysWanted()) return;
    event.preventDefault();
    actions[key]();
  });

  const setting = document.getElementById("keys_wanted");
  if (setting) {
    setting.checked = keysWanted();
    setting.addEventListener("change", () => {
      window.localStorage.setItem(WANTED, setting.checked ? "on" : "off");
    });
  }
})();
