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

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || !withoutModifier(event)) return;
  if (event.key === "/") {
    const box = document.getElementById("q");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
});
