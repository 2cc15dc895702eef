// What every page gains from scripts: keys, and nothing that cannot be done without them.

// True where a key belongs to what is being typed, also while an input method composes.
export function isTyping(event) {
  const at = event.target;
  return event.isComposing || event.keyCode === 229 ||
    (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)));
}

export function withoutModifier(event) {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

const OFF = "sakuin-keys-off";
export const keys = {
  get off() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
  set off(value) { try { value ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* not kept, then */ } },
};

// `act` is told every key that is meant for the page, and says whether it took it.
export function onKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (keys.off || event.defaultPrevented || isTyping(event) || !withoutModifier(event)) return;
    if (document.querySelector("dialog[open]")) return;
    if (act(event.key, event)) event.preventDefault();
  });
}

export function show(element, block) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

// From the link that has the focus to its neighbour in the list.
export function walk(links, by) {
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const to = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[to].focus({ preventScroll: true });
  show(links[to].closest("li"), "nearest");
}

const dialog = document.getElementById("keys");
const opener = document.getElementById("keys-open");
const use = document.getElementById("keys-use");
const showState = () => document.documentElement.classList.toggle("keys", !keys.off);

function tell() {
  dialog.showModal();
  dialog.querySelector("button").focus();
}

if (dialog && opener && use) {
  opener.hidden = false;
  use.checked = !keys.off;
  opener.addEventListener("click", tell);
  use.addEventListener("change", () => { keys.off = !use.checked; showState(); });
}
showState();

onKeys((key) => {
  if (key === "?" && dialog) { tell(); return true; }
  const box = document.getElementById("q");
  if (key !== "/" || !box) return false;
  box.focus();
  box.select();
  return true;
});

// Keys of a list: from one entry's link to the next.
const list = document.querySelector("[data-walk]");
if (list) {
  onKeys((key) => {
    if (key !== "j" && key !== "k") return false;
    walk([...list.querySelectorAll("h2 a")], key === "j" ? 1 : -1);
    return true;
  });
}
