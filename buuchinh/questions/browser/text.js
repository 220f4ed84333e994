// Text as it is compared: the same rules as buuchinh/text.py.

// What Python calls white space; \s of JavaScript differs in a handful of signs.
export const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const SPACES = new RegExp(`${SPACE}+`, "g");
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");

export function strip(text) {
  return text.replace(AROUND, "");
}

// A sign combines when it changes places with U+0345, the sign of the highest class: Python's unicodedata.combining.
function combines(sign) {
  return sign === "\u0345" || (/\p{M}/u.test(sign) && `\u0345${sign}`.normalize("NFD") !== `\u0345${sign}`);
}

export function fold(text, marks = false) {
  const lower = strip(text.normalize("NFC").replace(SPACES, " ")).toLowerCase().replace(/[ðɖ]/g, "đ"); // some keyboards' Đ
  if (marks) return lower;
  const bare = Array.from(lower.normalize("NFD")).filter((sign) => !combines(sign)).join("");
  return bare.replaceAll("đ", "d").normalize("NFC");
}

// The length that Python counts: code points, not UTF-16 units.
export function lengthOf(text) {
  return Array.from(text).length;
}
