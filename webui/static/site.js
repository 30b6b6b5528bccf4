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

  /* ---- suggestions: the combobox of the ARIA practices, with a list that pops up ---------- */

  const box = document.getElementById("question_box");
  const KINDS = { organisation: "Organisation", part: "Part", publication: "Publication", case: "Case" };
  const PATIENCE_MS = 120; // between a key and the question: a word is typed in one go

  function suggesting(input) {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    const status = document.createElement("span"); // for those who do not see the list
    status.className = "unseen";
    status.setAttribute("role", "status");
    input.form.append(list, status);
    // A search field may have no other role than its own.
    input.type = "text";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    let offered = [];
    let chosen = -1;
    let waiting = 0;
    let asking = null;

    function close() {
      window.clearTimeout(waiting);
      if (asking) asking.abort();
      list.hidden = true;
      choose(-1);
      input.setAttribute("aria-expanded", "false");
    }

    function choose(index) {
      if (chosen >= 0) list.children[chosen].setAttribute("aria-selected", "false");
      chosen = index;
      if (chosen < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      const option = list.children[chosen];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    }

    function take(item) {
      close();
      if (item.kind !== "word") {
        window.location.assign(item.url);
        return;
      }
      input.value = item.text;
      input.form.requestSubmit();
    }

    function optionOf(item, index) {
      const option = document.createElement("li");
      option.id = `suggestion-${index + 1}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const name = document.createElement("bdi");
      name.className = "name";
      name.textContent = item.text;
      const what = document.createElement("span");
      what.className = "what";
      const count = item.count.toLocaleString("en");
      what.textContent = item.kind in KINDS ? KINDS[item.kind] : count;
      if (["organisation", "part"].includes(item.kind)) what.textContent += ` · ${count}`;
      option.append(name, what);
      option.addEventListener("click", () => take(item));
      return option;
    }

    function offer(items) {
      choose(-1);
      offered = items;
      list.replaceChildren(...items.map(optionOf));
      list.hidden = !items.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = items.length ? `${items.length} suggestion${items.length > 1 ? "s" : ""}` : "";
    }

    async function ask() {
      const typed = input.value.trimStart();
      if (!typed) return close();
      asking = new AbortController();
      const address = `${input.dataset.suggest}&q=${encodeURIComponent(typed)}`;
      try {
        const answer = await fetch(address, { signal: asking.signal });
        const found = answer.ok ? (await answer.json()).suggestions : [];
        // Whoever is choosing goes on choosing from what they see.
        if (document.activeElement === input && chosen < 0) offer(found);
      } catch {
        // Asked anew meanwhile, or no network: then there is nothing to suggest.
      }
    }

    input.addEventListener("input", (event) => {
      window.clearTimeout(waiting);
      if (asking) asking.abort();
      choose(-1);
      if (!event.isComposing) waiting = window.setTimeout(ask, PATIENCE_MS);
    });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    input.form.addEventListener("submit", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || list.hidden) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (Object.hasOwn(steps, event.key) && !event.altKey) {
        const places = offered.length + 1; // one of them is the box itself, where none is chosen
        choose(((chosen + 1 + steps[event.key] + places) % places) - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        take(offered[chosen]);
      } else if (event.key === "Escape") {
        close();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
  }

  if (box && box.dataset.suggest) suggesting(box);

  /* ---- keys ---------------------------------------------------------------------------- */

  const WANTED = "casebook-keys";

  function keysWanted() {
    try {
      return window.localStorage.getItem(WANTED) !== "off";
    } catch {
      return true; // storage is switched off
    }
  }

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
