// Writes and reads what an LMS keeps between two sittings, in the 4,096 signs of cmi.suspend_data. Entries end with "|" and are
// read one by one: what was cut off, damaged or belongs to a question that has changed is passed by.
//
//   1 l05 2.1.0|            format, unit and its version
//   *10 2026-11-25;012|     its end seen, its case not opened, day of finishing, screens seen
//   q04-v1,Ab1x2k9.3.5|     question, sign of its ids, minute, first answer, latest answer if it is another one
import { SIGNS, readValues, signOf, typedLength, written } from "./answer_codec.js";
import { isoNow } from "../logic/answer_entries.js";

export const LIMIT = 4096;
export const SHORT = 80; // signs of a number or a few words that were typed, longer than any right answer
const LONG = [1000, 700, 400, 300, 200, 150, 100, 70, 40, 20, 1]; // signs of a sentence of one's own: the most that fits
const SHORTER = [40, 20, 1]; // if even so it does not fit
const BEGAN = Date.UTC(2026, 0, 1);
const MINUTE = 60000;
const ENTRY = /^([a-z0-9/-]{1,60}),(..)([0-9a-z]{1,8})([.!=[($].*)$/su;
const SEEN = /^\*([01])([01]) (\d{4}-\d\d-\d\d)?;([\w-]*)$/u;

// Tells whether a person writes a sentence of their own here, which no machine scores.
const isLong = (question) => question.type === "survey" || question.manual === true;

// Returns all of it in at most LIMIT signs. questions: by id; entries: as the journal folds them; seen: work/seen.js.
export function packed(record) {
  return fitted(record).text;
}

// Returns the answers that are not kept whole, by id: how long the text is that was typed, and how much of it fits.
/** @type {(record: any) => Named<{ length: number, fits: number }>} */
export function notWhole(record) {
  const { long, short, count } = fitted(record);
  const cut = {};
  Object.entries(record.entries).filter(([id]) => record.questions[id]).forEach(([id, { answer }], n) => {
    const question = record.questions[id];
    const length = typedLength(question, answer);
    const fits = n >= count ? 0 : isLong(question) ? long : short;
    if (length > fits || n >= count) cut[id] = { length, fits };
  });
  return cut;
}

// Returns the text with what fits into it: of sentences and of a few words so many signs, of the answers the first `count`.
function fitted({ unit, version, questions, entries, seen = null }) {
  const answered = Object.entries(entries).filter(([id]) => questions[id]);
  const head = [`1 ${unit} ${version}`, ...(seen ? [seenPart(seen)] : [])];
  const tries = [...LONG.map((long) => [long, SHORT]), ...SHORTER.map((short) => [1, short])];
  for (const [long, short] of tries) {
    const text = join([...head, ...answered.map(([id, entry]) => entryPart(unit, questions[id], entry, isLong(questions[id]) ? long : short))]);
    if (text.length <= LIMIT) return { text, long, short, count: answered.length };
  }
  const parts = [...head, ...answered.map(([id, entry]) => entryPart(unit, questions[id], entry, 1))];
  while (join(parts).length > LIMIT) parts.pop();
  return { text: join(parts), long: 1, short: 1, count: parts.length - head.length };
}

const join = (parts) => parts.map((part) => `${part}|`).join("");

function seenPart({ parts = [], end, opened, day }) {
  const flags = [end, opened].map((item) => (item ? 1 : 0)).join("");
  return `*${flags} ${day ?? ""};${parts.map((n) => SIGNS[n] ?? "").join("")}`;
}

function entryPart(unit, question, { answer, first, at }, longest) {
  const minutes = Math.max(0, Math.floor((Date.parse(at) - BEGAN) / MINUTE)) || 0;
  const counted = isLong(question) ? [answer] : [first ?? answer, answer]; // a sentence that was replaced is nobody's business
  const values = [...new Set(counted.map((item) => written(question, item, longest)))];
  return `${shortId(unit, question.id)},${signOf(question)}${minutes.toString(36)}${values.join("")}`;
}

const shortId = (unit, id) => (id.startsWith(`${unit}-`) ? id.slice(unit.length + 1) : `/${id}`);
const wholeId = (unit, id) => (id.startsWith("/") ? id.slice(1) : `${unit}-${id}`);

// Returns {lines, seen, foreign} of what was packed: the lines of a journal, which fold into the same entries, and whether there is
// something that is not of this unit or this format. Never throws.
export function unpacked(text, { unit, version, questions }) {
  const record = { lines: [], seen: null, foreign: false };
  if (typeof text !== "string") return record;
  record.foreign = text !== "" && !text.startsWith(`1 ${unit} `);
  let packedAs = version;
  for (const part of text.split("|").slice(0, -1)) {
    const head = /^(\d+) (\S+) (\S+)$/u.exec(part);
    if (head && (head[1] !== "1" || head[2] !== unit)) return { lines: [], seen: null, foreign: true }; // of another unit, or of a later format
    if (head) packedAs = head[3];
    const seen = SEEN.exec(part);
    if (seen) record.seen = seenOf([...seen], packedAs);
    const entry = ENTRY.exec(part);
    if (entry) record.lines.push(...linesOf(unit, questions, [...entry]));
  }
  return record;
}

/** @type {(match: string[], version: string) => object} */
function seenOf([, end, opened, day, parts], version) {
  return { version, parts: [...parts].map((sign) => SIGNS.indexOf(sign)), end: end === "1", opened: opened === "1", ...(day ? { day } : {}) };
}

/** @type {(unit: string, questions: Named<Question>, match: string[]) => Line[]} */
function linesOf(unit, questions, [, short, sign, minutes, tail]) {
  const id = wholeId(unit, short);
  const question = Object.hasOwn(questions, id) ? questions[id] : null;
  if (!question || sign !== signOf(question)) return [];
  const at = isoNow(new Date(BEGAN + Number.parseInt(minutes, 36) * MINUTE));
  try {
    const values = readValues(question, tail);
    if (values.length < 1 || values.length > 2 || values.includes(null) || /nan/iu.test(at)) return [];
    return values.map((answer) => ({ id, answer, at, origin: "choice" }));
  } catch {
    return [];
  }
}
