// Steps through marked words (n, p, and buttons) and through sentences (j, k), and copies the address of a
// sentence (c, or a click on its mark). Without scripts the buttons lead to the first and the last marked
// word, and a switch of the page shows the marks of all sentences as links.
import { onKeys, show } from "./app.js";

const marks = [...document.querySelectorAll("article mark[id]")];
const sentences = [...document.querySelectorAll("article .sentence")];
const bar = document.querySelector(".marks-bar");
const body = document.querySelector("article");
let at = -1;

const said = document.createElement("p");
said.className = "said-now";
said.setAttribute("role", "status");
document.querySelector("main").append(said);

function goTo(element) {
  history.replaceState(null, "", "#" + element.id);
  for (const other of document.querySelectorAll("article .now")) other.classList.remove("now");
  element.classList.add("now");
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  show(element, "center");
}

function step(by) {
  if (!marks.length) return;
  if (at < 0) {
    const here = marks.findIndex((mark) => "#" + mark.id === location.hash);
    at = here >= 0 ? here : (by > 0 ? -1 : 0);
  }
  at = (at + by + marks.length) % marks.length;
  goTo(marks[at]);
  const place = bar && bar.querySelector("[data-place]");
  if (place) place.textContent = (at + 1) + " / " + marks.length;
}

// The sentence that one is at: of the address, else of the marked word; -1 without one.
function sentenceAt() {
  const here = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const one = here && here.closest(".sentence");
  return one ? sentences.indexOf(one) : -1;
}

// Without one, from the first that stands in the window.
function read(by) {
  if (!sentences.length) return;
  const now = sentenceAt();
  const seen = sentences.findIndex((one) => one.getBoundingClientRect().top >= 0);
  const next = now < 0 ? Math.max(seen, 0) : Math.min(Math.max(now + by, 0), sentences.length - 1);
  goTo(sentences[next]);
}

async function copy() {
  const now = sentenceAt();
  if (now < 0) return;
  const address = location.href.split("#")[0] + "#" + sentences[now].id;
  try {
    await navigator.clipboard.writeText(address);
    said.textContent = body.dataset.copied;
  } catch {
    said.textContent = address;
  }
  setTimeout(() => { said.textContent = ""; }, 4000);
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

onKeys((key) => {
  if (key === "n" || key === "p") { step(key === "n" ? 1 : -1); return true; }
  if (key === "j" || key === "k") { read(key === "j" ? 1 : -1); return true; }
  if (key === "c") { copy(); return true; }
  return false;
});

document.addEventListener("click", (event) => {
  const pin = event.target instanceof Element && event.target.closest("a.pin");
  if (!pin || !pin.closest(".sentence")) return;
  event.preventDefault();
  goTo(pin.closest(".sentence"));
  copy();
});
