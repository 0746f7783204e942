// A row is shown as it is now: other words, a report, a decision. What was done in it is kept.

import { show } from "./chosen.js";

const boxOf = (row) => row.querySelector("[name=pick]");
const fieldsOf = (row) => [...row.querySelectorAll(".decide :is(textarea, select)")];
const usual = (list) => [...list.options].find((option) => option.defaultSelected) ?? list.options[0];
const changed = (field) => field.value !== (field.options ? usual(field).value : field.defaultValue);

// written says whether something was typed or chosen in a row that is not sent yet.
export const written = (row) => fieldsOf(row).some(changed);

// read is what whoever ticked a row had read: the words, the decision, what waits for an answer.
const read = (row) => [boxOf(row)?.value, ...[...row.querySelectorAll(".open-cases > li")].map((one) => one.textContent)].join("\n");

// renew puts a newer row in the place of an old one and reports whether its tick stands: it falls when what was read is no
// longer so.
export function renew(old, row) {
  const now = document.importNode(row, true);
  const stands = !boxOf(old)?.checked || read(old) === read(now);
  for (const field of fieldsOf(old).filter(changed)) {
    const same = now.querySelector(`.decide [name="${field.name}"]`);
    if (same) same.value = field.value;
  }
  for (const name of [".again", ".decide details"]) {
    if (old.querySelector(name)?.open) now.querySelector(name)?.setAttribute("open", "");
  }
  if (boxOf(old)?.checked && stands) boxOf(now).checked = true;
  old.replaceChildren(...now.childNodes);
  Object.assign(old.dataset, row.dataset);
  show();
  return stands;
}

// untick takes the tick of a row away and reports whether there was one.
export function untick(row) {
  const had = boxOf(row)?.checked ?? false;
  if (had) boxOf(row).checked = false;
  show();
  return had;
}
