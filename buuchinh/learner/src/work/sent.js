// Remembers whether a hand-in was sent, which only its person can say. Saved by the name of its file, in this browser alone.
// `delivered` is the time at which the exchange of a hub took a hand-in; the server records it, so every browser shows it.
import { hourOf, isoNow } from "../logic/answer_entries.js";

const PLACE = "buuchinh da-gui:";
const ownMarks = new Map(); // by file name, the files marked in this window, in case the browser stores nothing
const watching = new Set(); // functions that redraw when somebody says so
const LONG = 3 * 86400000; // after this long one may ask

/** @type {(handed: { file: string, delivered?: string | null }) => string | null} */
export function sentAt({ file, delivered = null }) {
  if (delivered) return delivered;
  if (ownMarks.has(file)) return ownMarks.get(file);
  try {
    const savedAt = localStorage.getItem(PLACE + file);
    return Date.parse(savedAt ?? "") > 0 ? savedAt : null;
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
// again if answers changed since. handed: {at, file, delivered, feedback}.
/** @param {Host} host */
export function handedWords(host, handed, outdated = false) {
  if (outdated) return host.say("changed_at", { at: hourOf(handed.at) });
  if (!sentAt(handed)) return host.say("handed_in_at", { at: hourOf(handed.at) });
  return [sentWords(host, handed), mayAsk(handed) ? host.say("sent_ask") : ""].filter(Boolean).join(". ");
}

// Returns whether and when it was sent, as on a label.
/** @param {Host} host */
export function sentWords(host, handed) {
  const sent = sentAt(handed);
  if (!sent) return host.say("sent_not");
  return host.say(handed.delivered ? "delivered_at" : "sent_at", { at: hourOf(sent) });
}

// Tells whether it was sent so long ago, without feedback, that one may ask.
/** @type {(handed: { file: string, delivered?: string | null, feedback?: string | null }) => boolean} */
export function mayAsk(handed) {
  const sent = sentAt(handed);
  return Boolean(sent) && !handed.feedback && isLongAgo(sent);
}

/** @type {(moment: string, now?: number) => boolean} */
export function isLongAgo(moment, now = Date.now()) {
  return now - Date.parse(moment) > LONG;
}
