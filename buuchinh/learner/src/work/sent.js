// That a hand-in was sent: its person says so, nobody else knows. Kept by the name of its file, in this browser alone.
import { hourOf, isoNow } from "../logic/answer_entries.js";

const PLACE = "buuchinh da-gui:";
const told = new Map(); // by the name of a file what was said in this window, where the browser keeps nothing
const watching = new Set(); // what is drawn anew when somebody says so
const LONG = 3 * 86400000; // since then somebody may be asked

/** @type {(file: string) => string | null} */
export function sentAt(file) {
  if (told.has(file)) return told.get(file);
  try {
    const at = localStorage.getItem(PLACE + file);
    return Date.parse(at ?? "") > 0 ? at : null;
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** @type {(file: string, sent: boolean) => void} */
export function tellSent(file, sent) {
  told.set(file, sent ? isoNow() : null);
  try {
    if (sent) localStorage.setItem(PLACE + file, told.get(file));
    else localStorage.removeItem(PLACE + file);
  } catch {
    // it stands as long as the window
  }
  watching.forEach((draw) => draw());
}

// Returns what stops it.
/** @type {(draw: () => void) => () => void} */
export function watchSent(draw) {
  watching.add(draw);
  return () => void watching.delete(draw);
}

export function forgetSent() {
  told.clear();
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PLACE)).forEach((key) => localStorage.removeItem(key));
  } catch {
    // there was nothing
  }
}

// What a list of units says of a hand-in: to be sent, sent, or sent so long ago that one may ask; to be packed again where
// answers were changed since. handed: {at, file}.
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
