// Trainees' codes, read as buuchinh/codes.py reads them: 4 to 12 letters or digits and a check character (ISO 7064).
import { SPACE } from "../question/text.js";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SHAPED = /^[0-9A-Z]{5,13}$/u;
// Letters and a number: most codes before their check character. One digit after groups of four is in its place, and wrong.
const ENDLESS = /^[A-Z]+(?!(?:[0-9]{4})+[0-9]$)[0-9]+$/u;
const BETWEEN = new RegExp(`(?:${SPACE}|[-‐‑‒–—−_./·])+`, "gu");

/** @type {(typed: string) => string} */
function plainOf(typed) {
  return typed
    .normalize("NFKC")
    .replace(BETWEEN, "")
    .replace(/^\ufeff+|\ufeff+$/gu, "")
    .toUpperCase();
}

// Tells whether the last character was typed apart from the others, as a check character is.
/** @type {(typed: string) => boolean} */
function lastIsSeparate(typed) {
  const pieces = typed
    .normalize("NFKC")
    .replace(/^\ufeff+|\ufeff+$/gu, "")
    .split(BETWEEN)
    .filter(Boolean);
  return pieces.length > 1 && [...pieces[pieces.length - 1]].length === 1;
}

// Returns why the text is no code: the name of the sentence that says so, null if it is one.
/** @type {(typed: string) => string | null} */
export function codeFault(typed) {
  const plain = plainOf(typed);
  if (!plain) return "code_empty";
  if (SHAPED.test(plain) && checksum(plain) === 1) return null;
  if (/^\p{L}{5,}$/u.test(plain)) return "code_name";
  if (!SHAPED.test(plain)) return "code_shape";
  return ENDLESS.test(plain) && !lastIsSeparate(typed) ? "code_end" : "code_bad";
}

// Returns the canonical form, "GL-0123-Q", or null if shape or check character is wrong.
/** @type {(typed: string) => string | null} */
export function codeOf(typed) {
  if (codeFault(typed)) return null;
  const plain = plainOf(typed);
  const [, letters, digits] = /** @type {RegExpExecArray} */ (/^([A-Z]*)(.*)$/u.exec(plain.slice(0, -1)));
  const groups = [letters, ...(digits.match(/.{1,4}/gu) ?? [])].filter(Boolean);
  return [...groups, plain.slice(-1)].join("-");
}

/** @type {(plain: string) => number} */
function checksum(plain) {
  let check = 18;
  for (const sign of plain) check = ((((check || 36) * 2) % 37) + ALPHABET.indexOf(sign)) % 36;
  return check;
}
