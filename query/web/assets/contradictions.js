// Keys of one finding. Everything they do can be done without them.
import { onKeys } from "./app.js";

const finding = document.querySelector('[data-keys="finding"]');

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

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.id === "note" && !event.isComposing) event.target.blur();
});

onKeys((key, event) => {
  if (event.repeat && /^[1-6u]$/.test(key)) return false;
  if (key === "u") { undo(); return true; }
  if (!finding) return false;
  if (key === "j") { follow("next"); return true; }
  if (key === "k") { follow("prev"); return true; }
  if (key === "e") { note(); return true; }
  if (/^[1-6]$/.test(key)) { decide(key); return true; }
  return false;
});
