// The form of the review settings: says how much of it is not in force yet, and asks before it is left.
const form = document.querySelector("[data-rules]");
const said = form?.querySelector("[data-unsaved]");
let unsaved = 0;

/** Whether a field is not as the page brought it. */
function changed(field) {
  if (field instanceof HTMLSelectElement) return [...field.options].some(o => o.selected !== o.defaultSelected);
  if (field.type === "radio") return field.checked && !field.defaultChecked;
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

function count() {
  unsaved = [...form.elements].filter(f => f.name && f.name !== "do" && changed(f)).length;
  const text = unsaved ? said.dataset.text.replace("{n}", unsaved) : said.defaultValue;
  if (said.value !== text) said.value = text; // what is set again may be read aloud again
}

form?.addEventListener("input", count);
form?.addEventListener("submit", () => { unsaved = 0; });
if (form) addEventListener("beforeunload", e => { if (unsaved) e.preventDefault(); });
if (form) count();
