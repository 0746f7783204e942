// The queue by keyboard, without leaving the page. All of it works by the plain forms as well.

const queue = document.querySelector("[data-queue]");
const news = document.querySelector("[data-news]");
const help = document.querySelector("[data-help]");
const rows = () => [...queue.children];
const current = () => document.activeElement?.closest("[data-queue] > li");

for (const row of rows()) row.tabIndex = -1;
const opener = document.querySelector("[data-help-open]");
opener.hidden = false;
opener.addEventListener("click", () => help.showModal());

queue.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-decide]")) return;
  event.preventDefault();
  decide(event.target, event.submitter?.value ?? "approve");
});

function say(text, bad = false) {
  news.textContent = text;
  news.classList.toggle("bad", bad);
}

function go(row) {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

// decide sends a decision as the form would and reads the page that comes back: the row leaves on success; what
// stands in the way (a missing clause, somebody else's decision, a session that ended) is said.
async function decide(form, action) {
  const row = form.closest("li");
  if (row.hasAttribute("aria-busy")) return;
  if (action === "reject" && form.elements.clause.value === "") return ask(form);
  row.setAttribute("aria-busy", "true");
  form.classList.remove("asking");
  try {
    const body = new URLSearchParams(new FormData(form));
    body.set("action", action);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
    if (answer.redirected && new URL(answer.url).pathname === "/login") return location.assign(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) return leave(row, news.dataset[action], page);
    const conflict = page.querySelector("[data-conflict]");
    if (answer.status === 409 && conflict) return overtaken(row, conflict);
    say(page.querySelector("[role=alert]")?.textContent.trim() || news.dataset.failed, true);
  } catch {
    say(news.dataset.failed, true);
  } finally {
    row.removeAttribute("aria-busy");
  }
}

// ask waits for the number of a clause.
function ask(form) {
  form.classList.add("asking");
  say(news.dataset.clause);
  go(form.closest("li"));
}

function leave(row, text, page) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  const count = page.querySelector("[data-queue-count]"); // the page that came back is this queue's
  if (count) document.querySelector("[data-queue-count]").textContent = count.textContent;
  if (next) {
    say(text);
    return go(next);
  }
  say(`${text} ${news.dataset.empty}`);
  const more = document.querySelector("[data-next]");
  if (more) more.focus();
  else document.querySelector("[data-none]").hidden = false;
}

// overtaken shows in the row who decided what, in the place of the form.
function overtaken(row, conflict) {
  row.querySelector("form").replaceWith(document.importNode(conflict, true));
  say(conflict.textContent.trim().replace(/\s+/g, " "), true);
  go(row);
}

const keys = {
  j: () => go(current() ? current().nextElementSibling ?? current() : rows()[0]),
  k: () => go(current()?.previousElementSibling ?? rows()[0]),
  a: (form) => form && decide(form, "approve"),
  r: (form) => form && ask(form),
  n: (form) => {
    if (!form) return;
    form.querySelector("details").open = true;
    form.elements.note.focus();
  },
  o: () => current()?.querySelector("[data-open]").click(),
  "/": () => document.querySelector("[data-search]").focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  const typing = event.target.matches("input, textarea, select");
  const asking = queue.querySelector(".asking");
  if (event.key === "Escape") {
    asking?.classList.remove("asking");
    say("");
    if (typing) go(current() ?? rows()[0]);
    return;
  }
  if (typing) return;
  if (asking && /^[0-9]$/.test(event.key)) {
    event.preventDefault();
    return clause(asking, Number(event.key) || 10);
  }
  // By the place of the key as well, so that a Korean keyboard need not be switched.
  const key = event.key in keys ? event.key : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
  if (!(key in keys) || (event.shiftKey && event.key !== "?")) return;
  event.preventDefault();
  keys[key](current()?.querySelector("[data-decide]"));
});

// clause rejects by the n-th clause of the policy.
function clause(form, n) {
  const option = form.elements.clause.options[n]; // 0 is "none"
  if (!option) return;
  option.selected = true;
  decide(form, "reject");
}

go(rows()[0]);
