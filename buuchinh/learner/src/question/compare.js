// Comparison of a value with the expected one: the same rules as buuchinh/questions/compare_values.py.
import { fold, lengthOf } from "./text.js";

export const LONGEST = 5000;
const SLACK = 1e-9;
const LEAST_SLACK = 1e-12;

// Tells whether two numbers agree; forgives rounding errors of arithmetic beyond the last digit, except between two integers.
/** @type {(actual: number, expected: number, tolerance: number, relative: boolean) => boolean} */
export function close(actual, expected, tolerance, relative) {
  const allowed = relative ? tolerance * Math.abs(expected) : tolerance;
  const whole = Number.isSafeInteger(actual) && Number.isSafeInteger(expected);
  const slack = whole ? SLACK * allowed : Math.max(LEAST_SLACK, SLACK * Math.abs(expected));
  return Number.isFinite(actual) && Math.abs(actual - expected) <= allowed + slack;
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
  return Array.isArray(value) && value.every((text) => typeof text === "string") && new Set(value).size === value.length;
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
/** @type {(kind: string, actual: unknown, expected: unknown, options: Comparing) => number} */
export function shareEqual(kind, actual, expected, options) {
  if (!isKind(kind, actual) || !isKind(kind, expected)) return 0;
  if (kind === "table") return shareOfRows(/** @type {TableValue} */ (actual), /** @type {TableValue} */ (expected), options);
  if (kind === "list") return Number(sameCells(/** @type {unknown[]} */ (actual), /** @type {unknown[]} */ (expected), options));
  return Number(sameCell(actual, expected, options));
}

/** @type {(actual: unknown, expected: unknown, options: Comparing) => boolean} */
function sameCell(actual, expected, options) {
  if (expected === null) return actual === null;
  if (typeof expected === "boolean" || typeof actual === "boolean") return actual === expected;
  if (typeof expected === "string") {
    return typeof actual === "string" && fold(Array.from(actual).slice(0, LONGEST).join(""), true) === fold(expected, true);
  }
  return isNumber(actual) && isNumber(expected) && close(actual, expected, options.tolerance, options.relative);
}

/** @type {(actual: unknown[], expected: unknown[], options: Comparing) => boolean} */
function sameCells(actual, expected, options) {
  return actual.length === expected.length && actual.every((cell, n) => sameCell(cell, expected[n], options));
}

// Returns the share of equal rows. Columns are found by name; a surplus row weighs as much as a missing one.
/** @type {(actual: TableValue, expected: TableValue, options: Comparing) => number} */
function shareOfRows(actual, expected, options) {
  if (expected.columns.some((name) => !actual.columns.includes(name))) return 0;
  const places = expected.columns.map((name) => actual.columns.indexOf(name));
  const rows = actual.rows.map((row) => places.map((place) => row[place]));
  const expectedRows = [...expected.rows];
  const most = Math.max(rows.length, expectedRows.length);
  if (most === 0) return 1;
  if (options.rowOrder) {
    return rows.filter((row, n) => n < expectedRows.length && sameCells(row, expectedRows[n], options)).length / most;
  }
  return matched(rows, expectedRows, options) / most;
}

// Counts the wanted rows that find an equal row of their own, in any order of rows.
/** @type {(rows: unknown[][], expectedRows: unknown[][], options: Comparing) => number} */
function matched(rows, expectedRows, options) {
  const offered = rows.map(folded);
  return mostPairs(expectedRows.map(folded).map((row) => [...offered.keys()].filter((place) => sameFolded(offered[place], row, options))));
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

/** @type {(actual: unknown[], expected: unknown[], options: Comparing) => boolean} */
function sameFolded(actual, expected, options) {
  return expected.every((cell, n) => {
    if (cell instanceof FoldedText) return actual[n] instanceof FoldedText && actual[n].text === cell.text;
    return !isObject(cell) && !isObject(actual[n]) && sameCell(actual[n], cell, options);
  });
}

// Returns the most pairs; `fits` lists for each item of one side the items it may take of the other: as in questions/pairing.py.
/** @type {(fits: number[][]) => number} */
function mostPairs(fits) {
  const holder = new Map();
  const takenBy = new Map();
  for (let start = 0; start < fits.length; start += 1) {
    const reachedFrom = new Map();
    let free;
    const asking = [start];
    for (let n = 0; n < asking.length && free === undefined; n += 1) {
      for (const other of fits[asking[n]]) {
        if (reachedFrom.has(other)) continue;
        reachedFrom.set(other, asking[n]);
        if (!holder.has(other)) {
          free = other;
          break;
        }
        asking.push(holder.get(other));
      }
    }
    while (free !== undefined) {
      const item = reachedFrom.get(free);
      holder.set(free, item);
      const before = takenBy.get(item);
      takenBy.set(item, free);
      free = before;
    }
  }
  return holder.size;
}
