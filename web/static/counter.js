// The form for a comment: counts as the server does, warns above the limit, never cuts, and keeps what was
// not yet sent in this browser, for this reader, this article and the comment that is answered.
import { count, normalize, LIMIT } from "./count.js";

const NEAR = 20; // characters left from which on they are announced

for (const form of document.querySelectorAll("form[data-write]")) counting(form);

const form = document.querySelector("#write form[data-write]");
const article = document.querySelector("[data-article]");
const viewer = document.querySelector("[data-viewer]");
if (form && article && viewer) keep(form, `draft:${viewer.textContent}:${article.dataset.article}:${form.elements.parent?.value ?? ""}`);
// A browser that goes to the place in the address takes the focus off the field: it is given after that.
if (form && new URLSearchParams(location.search).has("reply")) {
  window.addEventListener("load", () => requestAnimationFrame(() => form.elements.body.focus()));
}

function counting(form) {
  const text = form.elements.body;
  const output = form.querySelector("[data-counter]");
  const over = form.querySelector("[data-over]");
  const announce = form.querySelector("[data-announce]");
  output.setAttribute("aria-live", "off"); // what is announced is said below, not at every key
  let said = "";

  function show() {
    const n = count(text.value);
    output.textContent = output.textContent.replace(/^\d+/, n);
    form.classList.toggle("too-long", n > LIMIT);
    if (n <= LIMIT) mended(form);
    over.textContent = n > LIMIT ? form.dataset.overText.replace("{n}", n - LIMIT) : "";
    const near = n <= LIMIT && n >= LIMIT - NEAR;
    const say = n > LIMIT ? over.textContent : near ? form.dataset.nearText.replace("{n}", LIMIT - n) : "";
    if (say !== said) announce.textContent = said = say;
  }
  text.addEventListener("input", show);
  window.addEventListener("pageshow", show); // the browser may have put words back
  show();
}

// mended takes away what the server said about the length, once it holds no longer.
function mended(form) {
  const error = form.querySelector("[data-length]");
  if (!error) return;
  error.remove();
  form.elements.body.removeAttribute("aria-invalid");
  form.elements.body.setAttribute("aria-describedby", "body-help");
}

// keep saves every change and gives it back when the form comes empty. A draft is done with when its words stand
// on the page as one of the reader's comments; until then it stays, whatever became of the request.
function keep(form, key) {
  const text = form.elements.body;
  const restored = form.querySelector("[data-restored]");
  const draft = read(key);
  if (draft !== "" && text.value === "") {
    if (onPage(draft)) write(key, "");
    else {
      text.value = draft;
      text.dispatchEvent(new Event("input"));
      restored.textContent = form.querySelector("[data-announce]").textContent = form.dataset.restoredText;
    }
  }
  text.addEventListener("input", () => {
    restored.textContent = "";
    write(key, text.value);
  });
}

function onPage(draft) {
  const wanted = normalize(draft);
  return [...document.querySelectorAll("[data-comment] .words")].some((p) => normalize(p.textContent) === wanted);
}

// Storage may be full or forbidden; the form works without it.
function read(key) {
  try { return localStorage.getItem(key) ?? ""; } catch { return ""; }
}

function write(key, text) {
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch { /* nothing is kept */ }
}
