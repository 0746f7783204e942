// Times are written in the newspaper's zone; pointing at one tells it in the reader's own.

const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "long" });

for (const time of document.querySelectorAll("time[data-time]")) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.getTime())) time.title = format.format(at);
}
