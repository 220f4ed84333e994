// That a hand-in was sent: its person says so, nobody else knows. Kept by the name of its file, in this browser alone.
import { recall, remember } from "../question/autosave.js";
import { hourOf, isoNow } from "../logic/answer_entries.js";

const PLACE = "buuchinh da-gui:";
const LONG = 3 * 86400000; // since then somebody may be asked

/** @type {(file: string) => string | null} */
export function sentAt(file) {
  const at = recall(PLACE + file);
  return typeof at === "string" && Date.parse(at) > 0 ? at : null;
}

/** @type {(file: string, sent: boolean) => void} */
export function tellSent(file, sent) {
  remember(PLACE + file, sent ? isoNow() : null);
}

export function forgetSent() {
  Object.keys(localStorage).filter((key) => key.startsWith(PLACE)).forEach((key) => localStorage.removeItem(key));
}

// What a list of units says of a hand-in: to be sent, sent, or sent so long ago that one may ask. handed: {at, file}.
export function handedWords(host, { at, file }) {
  const sent = sentAt(file);
  if (!sent) return host.say("handed_in_at", { at: hourOf(at) });
  return [host.say("sent_at", { at: hourOf(sent) }), isLongAgo(sent) ? host.say("sent_ask") : ""].filter(Boolean).join(". ");
}

/** @type {(at: string, now?: number) => boolean} */
export function isLongAgo(at, now = Date.now()) {
  return now - Date.parse(at) > LONG;
}
