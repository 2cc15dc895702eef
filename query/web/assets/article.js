// Steps from one marked word to the next, by n and p and by buttons, and copies the address of a
// sentence. Without scripts the buttons lead to the first and the last marked word.
const marks = [...document.querySelectorAll("article mark[id]")];
const bar = document.querySelector(".marks-bar");
let at = -1;

const isTyping = (event) => event.isComposing || event.keyCode === 229 ||
  (event.target instanceof HTMLElement &&
    (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)));

function step(by) {
  if (!marks.length) return;
  if (at < 0) {
    const here = marks.findIndex((mark) => "#" + mark.id === location.hash);
    at = here >= 0 ? here : (by > 0 ? -1 : 0);
  }
  at = (at + by + marks.length) % marks.length;
  history.replaceState(null, "", "#" + marks[at].id);
  for (const mark of marks) mark.classList.toggle("now", mark === marks[at]);
  marks[at].focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  marks[at].scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  const place = bar && bar.querySelector("[data-place]");
  if (place) place.textContent = (at + 1) + " / " + marks.length;
}

if (bar) {
  const place = document.createElement("span");
  place.dataset.place = "";
  place.className = "place";
  place.setAttribute("role", "status");
  bar.append(place);
  for (const button of bar.querySelectorAll("[data-step]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      step(Number(button.dataset.step));
    });
  }
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n" || event.key === "p") {
    event.preventDefault();
    step(event.key === "n" ? 1 : -1);
  }
});

// A click on the mark behind a sentence copies its address too.
document.addEventListener("click", (event) => {
  const pin = event.target instanceof Element && event.target.closest("a.pin");
  if (pin && navigator.clipboard) navigator.clipboard.writeText(pin.href).catch(() => {});
});
