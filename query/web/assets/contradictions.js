// Keys for the list of findings and for one finding. Everything they do can be done without them.
import { isTyping, withoutModifier } from "./app.js";

const OFF = "sakuin-keys-off";
const keep = {
  get off() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
  set off(value) { try { value ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* not kept, then */ } },
};

const dialog = document.getElementById("keys");
const opener = document.getElementById("keys-open");
const use = document.getElementById("keys-use");
const list = document.querySelector('[data-keys="list"]');
const finding = document.querySelector('[data-keys="finding"]');

function showState() { document.documentElement.classList.toggle("keys", !keep.off); }

if (dialog && opener && use) {
  opener.hidden = false;
  use.checked = !keep.off;
  opener.addEventListener("click", () => dialog.showModal());
  use.addEventListener("change", () => { keep.off = !use.checked; showState(); });
}
showState();

// From the list's link that has the focus to its neighbour.
function step(by) {
  const links = [...list.querySelectorAll("h2 a")];
  if (!links.length) return;
  const at = links.findIndex((link) => link === document.activeElement);
  const to = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[to].focus();
  links[to].closest("li").scrollIntoView({ block: "nearest" });
}

function follow(rel) {
  const link = document.querySelector(`.trail a[rel="${rel}"]`);
  if (link) link.click();
}

let sent = false;
function decide(key) {
  const button = document.querySelector(`button[data-key="${key}"]`);
  const reason = document.getElementById("reason");
  if (!button || sent) return;
  if (button.value === "false-positive" && reason && !reason.value) { reason.focus(); return; }
  sent = true;
  button.form.requestSubmit(button);
}

document.addEventListener("submit", (event) => {
  if (event.target.closest(".decide")) sent = true;
});
addEventListener("pageshow", () => { sent = false; });

function note() {
  const box = document.getElementById("note");
  if (!box) return;
  box.focus();
  box.scrollIntoView({ block: "nearest" });
}

function undo() {
  const form = document.querySelector(".notice .undo, .holds .undo");
  if (form && !sent) { sent = true; form.requestSubmit(); }
}

function act(key) {
  if (key === "?") { if (dialog) dialog.showModal(); return true; }
  if (list && key === "j") { step(1); return true; }
  if (list && key === "k") { step(-1); return true; }
  if (key === "u") { undo(); return true; }
  if (!finding) return false;
  if (key === "j") { follow("next"); return true; }
  if (key === "k") { follow("prev"); return true; }
  if (key === "e") { note(); return true; }
  if (/^[1-6]$/.test(key)) { decide(key); return true; }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.id === "note" && !event.isComposing) event.target.blur();
  if (keep.off || event.repeat && /^[1-6u]$/.test(event.key)) return;
  if (isTyping(event) || !withoutModifier(event) || dialog?.open) return;
  if (act(event.key)) event.preventDefault();
});
