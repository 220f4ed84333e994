// Numbers as Vietnamese clerks write them: the same rules as parse_number in buuchinh/text.py.
import { SPACE, asSeen, fold, strip } from "./text.js";

const NUMBER = new RegExp(`^([+\\-−–]?)${SPACE}*([0-9][0-9., \\u00a0\\u202f]*)([^]*)$`, "u");

/** @typedef {"ambiguous" | "not_a_number"} Fault */
/** @typedef {{ digits: string } | { fault: Fault }} Digits */

/** @type {(text: string, units?: string[]) => { value: number } | { fault: Fault }} */
export function parseNumber(text, units = []) {
  const match = NUMBER.exec(strip(asSeen(text).normalize("NFC")));
  if (!match) return { fault: "not_a_number" };
  const [, sign, run, tail] = match;
  const unit = fold(tail, true);
  if (unit && !units.some((known) => fold(known, true) === unit)) return { fault: "not_a_number" };
  const plain = plainDigits(strip(run));
  if ("fault" in plain) return plain;
  const value = Number(plain.digits);
  return { value: "-−–".includes(sign) && sign ? -value : value };
}

/** @type {(digits: string) => Digits} */
function plainDigits(digits) {
  const groups = digits.split(/[ \u00a0\u202f]/u);
  if (groups.length === 1) return decimalDigits(digits, false);
  const head = groups[0];
  const last = groups[groups.length - 1];
  const whole = /^[0-9]+/u.exec(last);
  const regular = /^[0-9]{1,3}$/u.test(head) && groups.slice(1, -1).every((group) => /^[0-9]{3}$/u.test(group)) && whole?.[0].length === 3;
  return regular ? decimalDigits(groups.join(""), true) : { fault: "not_a_number" };
}

/** @type {(digits: string, grouped: boolean) => Digits} */
function decimalDigits(digits, grouped) {
  /** @type {string[]} */
  const separators = digits.match(/[.,]/gu) ?? [];
  if (separators.length === 0) return { digits };
  const point = separators[separators.length - 1];
  const group = separators[0];
  if (group !== point || new Set(separators).size === 2) {
    const shape = new RegExp(`^[0-9]{1,3}([${group}][0-9]{3})+[${point}][0-9]+$`, "u");
    const once = separators.filter((sign) => sign === point).length === 1;
    if (!once || !shape.test(digits)) return { fault: "not_a_number" };
    return { digits: digits.replaceAll(group, "").replace(point, ".") };
  }
  if (separators.length > 1) {
    const shape = new RegExp(`^[0-9]{1,3}([${group}][0-9]{3})+$`, "u");
    return grouped || !shape.test(digits) ? { fault: "not_a_number" } : { digits: digits.replaceAll(group, "") };
  }
  const [whole, fraction] = digits.split(point);
  if (!fraction) return { fault: "not_a_number" };
  if (fraction.length === 3 && !grouped && whole.length >= 1 && whole.length <= 3 && /[1-9]/u.test(whole)) {
    return { fault: "ambiguous" };
  }
  return { digits: `${whole}.${fraction}` };
}

/** @type {(value: number) => string} */
export function formatNumber(value) {
  return new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 6 }).format(value);
}
