// The journal's lines folded into answers, as buuchinh/questions/answers.py folds them.
import { empty } from "../question/scored.js";

const PAUSE = 60000;

// Folds lines, in order, by the id of their question.
/** @type {(lines: Line[]) => Named<Entry>} */
export function entriesOf(lines) {
  /** @type {Named<Entry>} */
  const entries = {};
  lines.forEach((line) => foldLine(entries, line));
  return entries;
}

// Adds one line to entries.
/** @type {(entries: Named<Entry>, line: Line) => void} */
export function foldLine(entries, line) {
  const { id, ...entry } = /** @type {Line & Entry} */ (line);
  const earlier = entries[id]?.passed ? undefined : entries[id];
  const same = earlier !== undefined && (typedOn(earlier, entry) || continuesStory(earlier.answer, entry.answer));
  entry.tries = (earlier?.tries ?? 0) + (same ? 0 : 1);
  entry.first = earlier && !(same && earlier.tries === 1) ? earlier.first : entry.answer;
  entries[id] = entry;
}

// Tells whether there is an answer: one that was cleared is none (questions/answers.py).
/** @type {(entry: Entry | undefined) => boolean} */
export function isAnswered(entry) {
  return entry !== undefined && !empty(entry.answer);
}

// Marks questions that were passed by, without an answer.
/** @type {(entries: Named<Entry>, passed?: string[]) => Named<Entry>} */
export function markPassed(entries, passed = []) {
  for (const id of passed) if (!isAnswered(entries[id])) entries[id] = /** @type {Entry} */ ({ answer: null, at: "", passed: true });
  return entries;
}

// Tells whether a question is done with: answered, or passed by.
/** @type {(entry: Entry | undefined) => boolean} */
export function isSettled(entry) {
  return isAnswered(entry) || entry?.passed === true;
}

// Returns the moment of the first of some lines or entries, null if none has one.
/** @type {(written: { at: string }[]) => string | null} */
export function earliestOf(written) {
  const moments = written.map(({ at }) => at).filter((moment) => typeof moment === "string" && Date.parse(moment) > 0);
  return moments.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

// Formats "2026-11-26T18:50:07+07:00" for reading: the hour of the place where it was written.
/** @type {(moment: string) => string} */
export function hourOf(moment) {
  const [day, time] = moment.slice(0, 19).split("T");
  return `${time} ${day.split("-").reverse().join("-")}`;
}

// Returns local time with its offset and whole seconds, as Python writes it.
/** @type {(now?: Date) => string} */
export function isoNow(now = new Date()) {
  /** @type {(value: number) => string} */
  const two = (value) => String(Math.abs(value)).padStart(2, "0");
  const offset = -now.getTimezoneOffset();
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":");
  return `${day}T${time}${offset < 0 ? "-" : "+"}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
}

/** @type {(earlier: Entry, entry: Entry) => boolean} */
function typedOn(earlier, entry) {
  return earlier.typed === true && entry.typed === true && Date.parse(entry.at) - Date.parse(earlier.at) < PAUSE;
}

// Tells whether a case was merely continued: its earlier steps are unchanged, and others may follow them.
/** @type {(earlier: unknown, answer: unknown) => boolean} */
function continuesStory(earlier, answer) {
  if (!Array.isArray(earlier) || !Array.isArray(answer) || !earlier.length || answer.length < earlier.length) return false;
  return earlier.every((step, n) => isStep(step) && isStep(answer[n]) && step.node === answer[n].node && step.choice === answer[n].choice);
}

/** @type {(step: any) => boolean} */
function isStep(step) {
  return typeof step?.node === "string" && typeof step.choice === "string";
}
