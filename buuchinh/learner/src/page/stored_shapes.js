// The shapes of what is stored: a line of an answer, a value by its key. Anything else (a damaged file that was once loaded) is
// skipped when it is read, and stays in the store: it cannot stop a page.
import { isObject } from "../question/compare.js";
import { codeOf } from "../logic/codes.js";

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u;
const ID_SHAPE = /^[a-z][a-z0-9-]{0,60}$/u;

const isText = (value) => typeof value === "string";
const isTime = (value) => isText(value) && STAMP.test(value) && !Number.isNaN(Date.parse(value));
const isName = (value) => isText(value) && ID_SHAPE.test(value) && !(value in {});
const isTexts = (value) => Array.isArray(value) && value.every(isText);
const isOwner = (value) => value === "" || (isText(value) && codeOf(value) === value);
const allOf = (table, test) => table === undefined || (isObject(table) && Object.values(table).every(test));

// The shapes of values by the first word of their key: "role GL-0123-Q", "finished GL-0123-Q kt2".
const SHAPES = {
  person: (value) => isText(value) && value !== "" && isOwner(value),
  role: (value) => value === null || isName(value),
  last: (value) => isObject(value) && isName(value.unit) && Number.isInteger(value.at),
  drill: (value) => isObject(value) && allOf(value.series, (series) => isObject(series) && isTexts(series.pictures)),
  seen: (value) => isObject(value) && isText(value.version) && Array.isArray(value.parts) && value.parts.every(Number.isInteger) && (value.passed === undefined || isTexts(value.passed)) && (value.day === undefined || isTime(`${value.day}T00:00:00Z`)),
  follow: (value) => isObject(value) && (value.started === undefined || isTime(`${value.started}T00:00:00Z`)) && allOf(value.packs, isTexts),
  remarks: (value) => value === null || allOf(value, (remark) => isObject(remark) && isText(remark.question) && isText(remark.text) && isTime(remark.at)),
  finished: (value) => value === null || (isEnd(value) && (value.earlier === undefined || (Array.isArray(value.earlier) && value.earlier.every(isEnd)))),
  order: (value) => isObject(value) && isName(value.first),
  handed: (value) => isObject(value) && isTime(value.at) && isText(value.file) && (value.receipt === undefined || isReceipt(value.receipt)),
};

function isEnd(value) {
  return isObject(value) && isText(value.version) && isTime(value.finished_at) && isObject(value.answers);
}

function isReceipt(value) {
  return isObject(value) && isTime(value.at) && isText(value.code) && isText(value.check) && isTexts(value.answered) && isTexts(value.unanswered);
}

// Tells whether a value has the shape of its key; a key that this version does not know belongs to another one, and passes.
export function isSoundState(key, value) {
  const kind = key.split(" ")[0];
  return !Object.keys(SHAPES).includes(kind) || SHAPES[kind](value);
}

// Tells whether a key is one person's or a guest's: "drill GL-0123-Q", "finished  kt2".
export function isOwnedKey(key) {
  if (!isText(key)) return false;
  const [kind, owner, unit, ...more] = key.split(" ");
  return isName(kind) && isOwner(owner) && (unit === undefined || isName(unit)) && more.length === 0;
}

// Returns [person, unit, version] of a place, null if it is none.
export function partsOf(place) {
  try {
    const parts = JSON.parse(place);
    const sound = Array.isArray(parts) && parts.length === 3 && isOwner(parts[0]) && isName(parts[1]) && isText(parts[2]);
    return sound ? parts : null;
  } catch {
    return null;
  }
}

export function isSoundLine(line) {
  return isObject(line) && isText(line.id) && line.id !== "" && !(line.id in {}) && line.answer !== undefined && isTime(line.at);
}
