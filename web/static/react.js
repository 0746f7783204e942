// Recommending a comment in place: the button says whether it is pressed, and counts at once. Without this script the
// same buttons send a form.
const marks = document.querySelector("[data-marks]");
const mine = new Set(marks?.dataset.recommended.split(" "));

for (const button of document.querySelectorAll("button.react")) {
  if (button.getAttribute("form") === "react") button.setAttribute("aria-pressed", mine.has(comment(button)));
  button.addEventListener("click", (event) => {
    event.preventDefault();
    toggle(button);
  });
}

function comment(button) {
  return button.closest("[data-comment]")?.dataset.comment;
}

async function toggle(button) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  const on = button.getAttribute("aria-pressed") !== "true";
  say(button, "");
  try {
    const answer = await fetch(button.getAttribute("formaction") ?? button.form.action, {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ on: on ? "1" : "0" }),
    });
    const now = await answer.json();
    if (answer.status === 401) return location.assign("/login?next=" + encodeURIComponent(location.pathname + location.search));
    if (!answer.ok) return say(button, now.error.message);
    button.setAttribute("aria-pressed", now.recommended);
    button.value = now.recommended ? "0" : "1";
    button.querySelector("b").textContent = now.count || "";
  } catch {
    button.form.requestSubmit(button); // the plain form says what is wrong
  } finally {
    button.ariaBusy = null;
  }
}

// say puts what is wrong behind the button.
function say(button, text) {
  let place = button.parentElement.querySelector(".error");
  if (!place && text) {
    place = document.createElement("span");
    place.className = "error";
    place.setAttribute("role", "alert");
    button.after(place);
  }
  if (place) place.textContent = text;
}
