// Trainees' codes, read as buuchinh/codes.py reads them: 4 to 12 letters or digits and a check character (ISO 7064).
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BETWEEN = /[\s\-‐‑‒–—−_./·]+/gu;

// The canonical form, "GL-0123-Q", or null where shape or check character is wrong.
export function codeOf(typed) {
  const plain = typed.normalize("NFKC").replace(BETWEEN, "").replace(/^\ufeff+|\ufeff+$/gu, "").toUpperCase();
  if (!/^[0-9A-Z]{5,13}$/u.test(plain) || checksum(plain) !== 1) return null;
  const [, letters, rest] = /^([A-Z]*)(.*)$/u.exec(plain.slice(0, -1));
  const groups = [letters, ...(rest.match(/.{1,4}/gu) ?? [])].filter(Boolean);
  return [...groups, plain.slice(-1)].join("-");
}

function checksum(plain) {
  let check = 18;
  for (const sign of plain) check = (((check || 36) * 2) % 37 + ALPHABET.indexOf(sign)) % 36;
  return check;
}
