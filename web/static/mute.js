// Folds the comments of those whom the reader has muted. Without this script their own pages fold them.
const marks = document.querySelector("[data-marks]");

for (const id of marks?.dataset.muted.split(" ") ?? []) {
  const comment = id && document.querySelector(`.threads [data-comment="${id}"] > .comment`);
  if (comment) fold(comment, marks.dataset.mutedText);
}

function fold(comment, text) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  details.className = "muted";
  summary.textContent = text;
  details.append(summary, ...comment.childNodes);
  comment.append(details);
}
