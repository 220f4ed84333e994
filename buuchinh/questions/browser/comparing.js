// Whether a value is the value that was expected: the same rules as buuchinh/questions/comparing.py.
import { fold, lengthOf } from "./text.js";

export const LONGEST = 5000;
const SLACK = 1e-9;

export function close(given, expected, tolerance, relative) {
  const allowed = relative ? tolerance * Math.abs(expected) : tolerance;
  return Number.isFinite(given) && Math.abs(given - expected) <= allowed + SLACK * Math.max(1, Math.abs(expected));
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isIdList(value) {
  return Array.isArray(value) && value.every((one) => typeof one === "string") && new Set(value).size === value.length;
}

export function isKind(kind, value) {
  if (kind === "number") return Number.isFinite(value);
  if (kind === "integer") return Number.isInteger(value);
  if (kind === "text") return typeof value === "string" && lengthOf(value) <= LONGEST;
  if (kind === "list") return Array.isArray(value) && value.length <= LONGEST;
  return kind === "table" && isTable(value);
}

function isTable(value) {
  if (!isObject(value) || !Array.isArray(value.columns) || !Array.isArray(value.rows)) return false;
  if (value.rows.length > LONGEST || value.columns.length > LONGEST) return false;
  return isIdList(value.columns) && value.rows.every((row) => Array.isArray(row) && row.length === value.columns.length);
}

// how: {tolerance, relative, rowOrder}
export function shareEqual(kind, given, expected, how) {
  if (!isKind(kind, given) || !isKind(kind, expected)) return 0;
  if (kind === "table") return shareOfRows(given, expected, how);
  if (kind === "list") return Number(sameCells(given, expected, how));
  return Number(sameCell(given, expected, how));
}

function sameCell(given, expected, how) {
  if (expected === null) return given === null;
  if (typeof expected === "boolean" || typeof given === "boolean") return given === expected;
  if (typeof expected === "string") {
    const start = typeof given === "string" && Array.from(given).slice(0, LONGEST).join("");
    return typeof given === "string" && fold(start, true) === fold(expected, true);
  }
  return Number.isFinite(given) && Number.isFinite(expected) && close(given, expected, how.tolerance, how.relative);
}

function sameCells(given, expected, how) {
  return given.length === expected.length && given.every((one, n) => sameCell(one, expected[n], how));
}

// Columns are found by name; a row too many weighs as much as one that is missing.
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
  let right = 0;
  for (const row of rows) {
    const found = wanted.findIndex((one) => sameCells(row, one, how));
    if (found >= 0) {
      wanted.splice(found, 1);
      right += 1;
    }
  }
  return right / most;
}
