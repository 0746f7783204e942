// The stream of what happens at the desk, and what the page says when there is none any more.

const live = document.querySelector("[data-live]");
const cut = live.querySelector("[data-cut]");
const pause = 60_000; // ms between two attempts after the stream has ended

let hearers = {}; // by the name of their event
let events = null;
let last = live.dataset.live; // the last row of the log that the page was told of

// hear opens the stream; what each event says goes to the function of its name.
export function hear(functions) {
  hearers = functions;
  document.addEventListener("visibilitychange", listen);
  setInterval(() => events?.readyState === EventSource.CLOSED && listen(), pause);
  listen();
}

// A desk that nobody sees listens to nobody: over HTTP/1.1 a browser has six connections for all its tabs. Seen again, it
// hears what came after the last row that it was told of.
function listen() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource(`/desk/events?after=${last}`);
  for (const [name, heard] of Object.entries(hearers)) {
    events.addEventListener(name, ({ data, lastEventId }) => {
      last = lastEventId || last;
      heard(JSON.parse(data));
    });
  }
  events.addEventListener("open", () => { cut.hidden = true; });
  events.addEventListener("error", ({ target }) => target.readyState === EventSource.CLOSED && end()); // else it comes again
}

// end says that the desk hears nothing any more: the session has ended. After a log-in elsewhere it goes on.
export function end() {
  events?.close();
  cut.hidden = false;
}
