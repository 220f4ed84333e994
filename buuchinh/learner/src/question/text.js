// Text prepared for comparison: the same rules as buuchinh/text.py.

// The white space of Python; \s of JavaScript differs in a handful of characters.
export const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const SPACES = new RegExp(`${SPACE}+`, "g");
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");

const UNSEEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+/g;
const JOINER = /(\p{L})?[\u200c\u200d](?=(\p{L})?)/gu; // it stays between two letters; browsers of 2021 cannot look back

// Removes invisible characters and turns full-width digits and letters into the usual ones: as_seen of Python.
/** @type {(text: string) => string} */
export function asSeen(text) {
  const seen = text.replace(UNSEEN, "").replace(JOINER, (all, before, after) => (before && after ? all : (before ?? "")));
  return seen.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

/** @type {(text: string) => string} */
export function strip(text) {
  return text.replace(AROUND, "");
}

// Tells whether a character combines: it then changes places with U+0345, the character of the highest class, as in Python's
// unicodedata.combining.
/** @type {(sign: string) => boolean} */
function combines(sign) {
  return sign === "\u0345" || (/\p{M}/u.test(sign) && `\u0345${sign}`.normalize("NFD") !== `\u0345${sign}`);
}

/** @type {(text: string, marks?: boolean) => string} */
export function fold(text, marks = false) {
  const lower = strip(asSeen(text).normalize("NFC").replace(SPACES, " ")).toLowerCase().replace(/[ðɖ]/g, "đ"); // some keyboards' Đ
  if (marks) return lower;
  const bare = Array.from(lower.normalize("NFD"))
    .filter((sign) => !combines(sign))
    .join("");
  return bare.replaceAll("đ", "d").normalize("NFC");
}

// Returns the length as Python counts it: code points, not UTF-16 units.
/** @type {(text: string) => number} */
export function lengthOf(text) {
  return Array.from(text).length;
}
