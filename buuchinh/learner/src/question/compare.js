// Comparison of a value with the expected one: the same rules as buuchinh/questions/compare_values.py.
import { fold, lengthOf } from "./text.js";

export const LONGEST = 5000;
const SLACK = 1e-9;
const LEAST_SLACK = 1e-12;

// Tells whether two numbers agree; forgives rounding errors of arithmetic beyond the last digit, except between two integers.
/** @type {(given: number, expected: number, tolerance: number, relative: boolean) => boolean} */
export function close(given, expected, tolerance, relative) {
  const allowed = relative ? tolerance * Math.abs(expected) : tolerance;
  const whole = Number.isSafeInteger(given) && Number.isSafeInteger(expected);
  const slack = whole ? SLACK * allowed : Math.max(LEAST_SLACK, SLACK * Math.abs(expected));
  return Number.isFinite(given) && Math.abs(given - expected) <= allowed + slack;
}

/** @type {(value: unknown) => value is Named<unknown>} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @type {(value: unknown) => value is number} */
export function isNumber(value) {
  return Number.isFinite(value);
}

/** @type {(value: unknown) => value is string[]} */
export function isIdList(value) {
  return Array.isArray(value) && value.every((one) => typeof one === "string") && new Set(value).size === value.length;
}

/** @type {(kind: string, value: unknown) => boolean} */
export function isKind(kind, value) {
  if (kind === "number") return isNumber(value);
  if (kind === "integer") return Number.isInteger(value);
  if (kind === "text") return typeof value === "string" && lengthOf(value) <= LONGEST;
  if (kind === "list") return Array.isArray(value) && value.length <= LONGEST;
  return kind === "table" && isTable(value);
}

/** @type {(value: unknown) => boolean} */
function isTable(value) {
  if (!isObject(value) || !Array.isArray(value.columns) || !Array.isArray(value.rows)) return false;
  if (value.rows.length > LONGEST || value.columns.length > LONGEST) return false;
  return isIdList(value.columns) && value.rows.every((row) => Array.isArray(row) && row.length === /** @type {string[]} */ (value.columns).length);
}

// Returns a share from 0 to 1; for a table, the share of rows that agree.
/** @type {(kind: string, given: unknown, expected: unknown, how: Comparing) => number} */
export function shareEqual(kind, given, expected, how) {
  if (!isKind(kind, given) || !isKind(kind, expected)) return 0;
  if (kind === "table") return shareOfRows(/** @type {TableValue} */ (given), /** @type {TableValue} */ (expected), how);
  if (kind === "list") return Number(sameCells(/** @type {unknown[]} */ (given), /** @type {unknown[]} */ (expected), how));
  return Number(sameCell(given, expected, how));
}

/** @type {(given: unknown, expected: unknown, how: Comparing) => boolean} */
function sameCell(given, expected, how) {
  if (expected === null) return given === null;
  if (typeof expected === "boolean" || typeof given === "boolean") return given === expected;
  if (typeof expected === "string") {
    return typeof given === "string" && fold(Array.from(given).slice(0, LONGEST).join(""), true) === fold(expected, true);
  }
  return isNumber(given) && isNumber(expected) && close(given, expected, how.tolerance, how.relative);
}

/** @type {(given: unknown[], expected: unknown[], how: Comparing) => boolean} */
function sameCells(given, expected, how) {
  return given.length === expected.length && given.every((one, n) => sameCell(one, expected[n], how));
}

// Returns the share of equal rows. Columns are found by name; a surplus row weighs as much as a missing one.
/** @type {(given: TableValue, expected: TableValue, how: Comparing) => number} */
function shareOfRows(given, expected, how) {
  if (expected.columns.some((name) => !given.columns.includes(name))) return 0;
  const places = expected.columns.map((name) => given.columns.indexOf(name));
  const rows = given.rows.map((row) => places.map((place) => row[place]));
  const wanted = [...expected.rows];
  const most = Math.max(rows.length, wanted.length);
  if (most === 0) return 1;
  if (how.rowOrder) {
    return rows.filter((row, n) => n < wanted.length && sameCells(row, wanted[n], how)).length / most;
  }
  return matched(rows, wanted, how) / most;
}

// Counts the wanted rows that find an equal row of their own, in any order of rows.
/** @type {(rows: unknown[][], wanted: unknown[][], how: Comparing) => number} */
function matched(rows, wanted, how) {
  const offered = rows.map(folded);
  return mostPairs(wanted.map(folded).map((one) => [...offered.keys()].filter((place) => sameFolded(offered[place], one, how))));
}

class FoldedText {
  /** @param {string} text */
  constructor(text) {
    this.text = fold(Array.from(text).slice(0, LONGEST).join(""), true);
  }
}

// Folds each text once, not once for each row that it is compared with.
/** @type {(row: unknown[]) => unknown[]} */
function folded(row) {
  return row.map((cell) => (typeof cell === "string" ? new FoldedText(cell) : cell));
}

/** @type {(given: unknown[], expected: unknown[], how: Comparing) => boolean} */
function sameFolded(given, expected, how) {
  return expected.every((cell, n) => {
    if (cell instanceof FoldedText) return given[n] instanceof FoldedText && given[n].text === cell.text;
    return !isObject(cell) && !isObject(given[n]) && sameCell(given[n], cell, how);
  });
}

// Returns the most pairs; `fits` lists for each item of one side the items it may take of the other: as in questions/pairing.py.
/** @type {(fits: number[][]) => number} */
function mostPairs(fits) {
  const holder = new Map();
  const held = new Map();
  for (let start = 0; start < fits.length; start += 1) {
    const askedBy = new Map();
    let free;
    const asking = [start];
    for (let at = 0; at < asking.length && free === undefined; at += 1) {
      for (const other of fits[asking[at]]) {
        if (askedBy.has(other)) continue;
        askedBy.set(other, asking[at]);
        if (!holder.has(other)) {
          free = other;
          break;
        }
        asking.push(holder.get(other));
      }
    }
    while (free !== undefined) {
      const one = askedBy.get(free);
      holder.set(free, one);
      const before = held.get(one);
      held.set(one, free);
      free = before;
    }
  }
  return holder.size;
}
