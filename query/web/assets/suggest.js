// Suggestions below the search box: a combobox with a list, as the ARIA patterns have it. Without
// them the box is a plain form.
const box = document.getElementById("q");
const form = box && box.closest("form");
const PAUSE = 120;
const MOST = 8;

if (form) {
  let options = [];
  let at = -1;
  let timer = 0;
  let asked = "";
  let composing = false;
  let running = null;
  const words = form.dataset;

  const list = document.createElement("ul");
  list.id = "q-list";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.list || "");
  form.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
  const choose = (next) => {
    if (options[at]) options[at].item.setAttribute("aria-selected", "false");
    at = next;
    if (options[at]) {
      options[at].item.setAttribute("aria-selected", "true");
      options[at].item.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[at].item.id);
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  };
  const take = (option) => {
    box.value = option.text;
    show(false);
    form.requestSubmit();
  };
  const add = (text, language, kind, count) => {
    if (!text || options.length >= MOST || options.some((o) => o.text === text)) return;
    const item = document.createElement("li");
    item.id = "q-option-" + options.length;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = text;
    if (language) name.lang = language;
    const about = document.createElement("span");
    about.className = "suggestion-kind";
    about.textContent = kind + (count ? " " + count : "");
    item.append(name, about);
    const option = { text, item };
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(option));
    options.push(option);
    list.append(item);
  };
  const fill = (found) => {
    options = [];
    at = -1;
    list.replaceChildren();
    for (const one of found.concepts || []) add(one.matched || one.label, one.language, words.concept || "", one.sections);
    for (const one of found.headings || []) {
      add(one.text, one.language, (one.is_title ? words.title : words.heading) || "", one.sections);
    }
    show(options.length > 0);
  };
  const ask = async () => {
    const text = box.value.trim();
    if (composing || text === asked) return;
    asked = text;
    if (running) running.abort();
    if (!text) { show(false); return; }
    running = new AbortController();
    try {
      const address = "/api/v1/suggest?readings=1&q=" + encodeURIComponent(text) + "&ui=" + encodeURIComponent(document.documentElement.lang);
      const answer = await fetch(address, { signal: running.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      if (document.activeElement === box && !composing && box.value.trim() === text) fill(found);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  box.addEventListener("compositionstart", () => { composing = true; show(false); });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("input", (event) => { if (!event.isComposing && !composing) later(); });
  box.addEventListener("blur", () => show(false));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      if (!open) { show(true); }
      const count = options.length + 1;  // the box itself is one of the stops
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((at + 1 + step + count) % count - 1);
    } else if (event.key === "Enter" && open && options[at]) {
      event.preventDefault();
      take(options[at]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      show(false);
    }
  });
}
