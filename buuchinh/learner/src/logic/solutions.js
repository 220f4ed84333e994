// Reads a file of solutions (results/solution_pack.py). It may come from anywhere, so only what has the right shape is taken
// over, into objects made anew; its texts are shown as text alone.
import { isObject } from "../question/compare.js";

export const MOST = 1_500_000; // bytes: seven times the largest of the course
const KIND = "buuchinh-loi-giai";
const FORMAT = 1;
const DEEPEST = 12;
const LONGEST = 20_000;
const NAME = /^[a-z][a-z0-9-]{0,60}$/u;
const VERSION = /^\d{1,6}(?:\.\d{1,6}){0,3}$/u;
const FORM = /^[a-z0-9]{0,20}$/u;
const DAY = /^\d{4}-\d\d-\d\d$/u;
const REFERENCE = /^[\p{L}\p{N}_./@, -]{1,200}$/u;

/** @typedef {Named<any>} Keyed the keys of a question, {keys}, or of its parts by id, {parts} */
/** @typedef {Named<Named<number>>} Placed by form and question, the place of its keys */
/** @typedef {{ unit: string, keys: Keyed[], cited: Citations, versions: Named<{ on: string, forms: Placed }> }} Solutions */

// Returns the solutions in a text, null if it is no such file.
/** @type {(text: string) => Solutions | null} */
export function readSolutions(text) {
  if (text.length > MOST) return null;
  try {
    const { kind, format, unit, keys, cited, versions } = JSON.parse(text);
    const sound = kind === KIND && format === FORMAT && matches(unit, NAME) && Array.isArray(keys);
    return sound ? { unit, keys: keys.map(keysOf), cited: citedIn(cited), versions: versionsIn(versions, keys.length) } : null;
  } catch {
    return null; // no JSON, or deeper or longer than any solution is
  }
}

// Returns a question with its keys, as its type's scorer reads it; null if the solutions have none for it.
/** @type {(solutions: Solutions, version: string, form: string, question: any) => any} */
export function withKeys(solutions, version, form, question) {
  const solution = solutions.keys[solutions.versions[version]?.forms[form]?.[question.id] ?? -1];
  if (!solution) return null;
  if (solution.keys) return { ...question, keys: solution.keys };
  const inner = Object.keys(question).find(
    (name) => Array.isArray(question[name]) && question[name].every((/** @type {any} */ part) => part?.id in solution.parts),
  );
  return inner ? { ...question, [inner]: question[inner].map((/** @type {any} */ part) => ({ ...part, keys: solution.parts[part.id] })) } : null;
}

/** @type {(value: unknown, shape: RegExp) => boolean} */
const matches = (value, shape) => typeof value === "string" && shape.test(value) && !(value in {});

/** @type {(value: any) => [string, any][]} */
const entriesOf = (value) => (isObject(value) ? Object.entries(value) : []);

/** @type {(value: unknown) => Keyed} */
function keysOf(value) {
  const solutions = plain(value);
  if (Array.isArray(solutions?.keys)) return { keys: solutions.keys.map(keyOf) };
  return { parts: Object.fromEntries(Object.entries(solutions.parts).map(([id, keys]) => [id, /** @type {any} */ (keys).map(keyOf)])) };
}

/** @type {(key: any) => any} */
function keyOf(key) {
  /** @type {(list: unknown) => string[]} */
  const named = (list) => (Array.isArray(list) ? list.filter((reference) => matches(reference, REFERENCE)) : []);
  return { ...key, provisions: named(key.provisions), sources: named(key.sources) };
}

// Returns a copy of plain data, without names that every object has.
/** @type {(value: any, depth?: number) => any} */
function plain(value, depth = 0) {
  if (typeof value === "string" && value.length <= LONGEST) return value;
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return value;
  if (depth === DEEPEST || typeof value !== "object") throw new Error("shape");
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  const sound = Object.entries(value).filter(([name]) => !(name in {}));
  return Object.fromEntries(sound.map(([name, item]) => [name, plain(item, depth + 1)]));
}

/** @type {(value: unknown) => Citations} */
function citedIn(value) {
  const sound = entriesOf(value).filter(([reference, law]) => matches(reference, REFERENCE) && typeof law?.text === "string");
  return Object.fromEntries(sound.map(([reference, { text, quote, note }]) => [reference, { text, ...textsOf({ quote, note }) }]));
}

/** @type {(table: Named<unknown>) => Named<string>} */
const textsOf = (table) => Object.fromEntries(Object.entries(table).flatMap(([name, text]) => (typeof text === "string" ? [[name, text]] : [])));

/** @type {(value: unknown, count: number) => Solutions["versions"]} */
function versionsIn(value, count) {
  const sound = entriesOf(value).filter(([version, release]) => matches(version, VERSION) && matches(release?.on, DAY));
  return Object.fromEntries(sound.map(([version, { on, forms }]) => [version, { on, forms: formsIn(forms, count) }]));
}

/** @type {(value: unknown, count: number) => Placed} */
function formsIn(value, count) {
  /** @type {(numbers: unknown) => Named<number>} */
  const places = (numbers) => Object.fromEntries(entriesOf(numbers).filter(([id, n]) => matches(id, NAME) && Number.isInteger(n) && n >= 0 && n < count));
  return Object.fromEntries(entriesOf(value).flatMap(([form, numbers]) => (FORM.test(form) ? [[form, places(numbers)]] : [])));
}
