// Asking for the clause of a rejection or block: by its number, or by a click in the list.

import { say } from "./rows.js";

const news = document.querySelector("[data-news]");
let asked = null; // {form, action, then}

// asking is the form that waits for its clause, null when none does.
export const asking = () => asked?.form ?? null;

// ask waits for a clause of a form and calls back with its id. It says how to answer, by key unless other words are given.
export function ask(form, action, then, text = news.dataset.clause) {
  stop();
  asked = { form, action, then };
  unfold(form);
  form.classList.add("asking");
  form.elements.clause.after(list(form));
  say(text);
  form.scrollIntoView({ block: "nearest" });
}

// unfold shows a form that stands folded away under "decide again".
export function unfold(form) {
  const again = form.closest(".again");
  if (again) again.open = true;
}

// stop ends the asking and reports whether there was any.
export function stop() {
  if (!asked) return false;
  asked.form.classList.remove("asking");
  asked.form.querySelector(".clauses")?.remove();
  asked = null;
  say("");
  return true;
}

// choose answers with the n-th clause of the policy, from 1.
export function choose(n) {
  const option = asked?.form.elements.clause.options[n]; // 0 is "none"
  if (!option) return;
  const { form, action, then } = asked;
  stop();
  option.selected = true;
  then(option.value, form, action);
}

function list(form) {
  const out = document.createElement("ol");
  out.className = "clauses";
  [...form.elements.clause.options].slice(1).forEach((option, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    if (i < 10) {
      const key = document.createElement("kbd");
      key.textContent = (i + 1) % 10;
      button.append(key, " ");
    }
    button.append(option.text.replace(/^\S+\s+/, "")); // the key stands for the number
    button.addEventListener("click", () => choose(i + 1));
    add(out, button);
  });
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "link";
  cancel.textContent = news.dataset.cancel;
  cancel.addEventListener("click", () => {
    const { action } = asked;
    stop();
    form.querySelector(`[value=${action}]`).focus();
  });
  add(out, cancel);
  return out;
}

function add(list, button) {
  const item = document.createElement("li");
  item.append(button);
  list.append(item);
}
