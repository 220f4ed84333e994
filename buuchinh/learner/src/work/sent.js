// Remembers whether a hand-in was sent, which only its person can say. Saved by the name of its file, in this browser alone.
import { hourOf, isoNow } from "../logic/answer_entries.js";

const PLACE = "buuchinh da-gui:";
const ownMarks = new Map(); // by file name, the files marked in this window, in case the browser stores nothing
const watching = new Set(); // functions that redraw when somebody says so
const LONG = 3 * 86400000; // after this long one may ask

/** @type {(file: string) => string | null} */
export function sentAt(file) {
  if (ownMarks.has(file)) return ownMarks.get(file);
  try {
    const at = localStorage.getItem(PLACE + file);
    return Date.parse(at ?? "") > 0 ? at : null;
  } catch {
    return null; // the browser stores nothing
  }
}

/** @type {(file: string, sent: boolean) => void} */
export function tellSent(file, sent) {
  ownMarks.set(file, sent ? isoNow() : null);
  try {
    if (sent) localStorage.setItem(PLACE + file, ownMarks.get(file));
    else localStorage.removeItem(PLACE + file);
  } catch {
    // it lasts as long as the window
  }
  watching.forEach((draw) => draw());
}

// Calls `draw` when somebody says so; returns a function that stops it.
/** @type {(draw: () => void) => () => void} */
export function watchSent(draw) {
  watching.add(draw);
  return () => void watching.delete(draw);
}

export function forgetSent() {
  ownMarks.clear();
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PLACE)).forEach((key) => localStorage.removeItem(key));
  } catch {
    // the browser stores nothing
  }
}

// Returns the status of a hand-in for a list of units: to be sent, sent, or sent so long ago that one may ask; to be packed
// again if answers changed since. handed: {at, file}.
/** @param {Host} host */
export function handedWords(host, { at, file }, outdated = false) {
  if (outdated) return host.say("changed_at", { at: hourOf(at) });
  const sent = sentAt(file);
  if (!sent) return host.say("handed_in_at", { at: hourOf(at) });
  return [host.say("sent_at", { at: hourOf(sent) }), isLongAgo(sent) ? host.say("sent_ask") : ""].filter(Boolean).join(". ");
}

/** @type {(at: string, now?: number) => boolean} */
export function isLongAgo(at, now = Date.now()) {
  return now - Date.parse(at) > LONG;
}
