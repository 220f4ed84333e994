// Recognition of a name with a slip of the hand or of the ear: "banhs trung thu", "nuwowcs mawms", "sửa rửa mặt", "xầu riêng",
// "thuốcc nổ". All words typed must make up one name of the table, or its beginning.

const BY_CARE = ["refuse", "unit", "ask", "accept"];
const TELEX = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" }; // the keys with which Telex types a tone
const TONE_SIGN = /[\u0300\u0301\u0303\u0309\u0323]/u; // ``toneLast`` has put the tone at the end of its word
const AFTER_VOWEL = /^([^aeiouy]*[aeiouy]+)(.*)$/u;
const DOUBLED = /([bcghklmnpqrtvx])\1/gu;
const SHORT = 3; // letters: in a word this short, one letter more or less makes another word; two swapped letters may be a slip
const MOST_MISSPELT = 3;
// Spellings that sound alike to people in one part of the country, each with the one that stands for them.
const SOUND_ALIKE = [[/^tr/u, "ch"], [/^(?:gi|r|v)/u, "d"], [/^s/u, "x"], [/^n(?!g|h)/u, "l"], [/y/gu, "i"], [/ng$/u, "n"], [/c$/u, "t"]];

// Returns {found, said, doubtful}: goods that the words name but for a slip, those that need most care first; the name that is
// taken as meant; the words that may as well name something dangerous. Null if no goods are found. Drugs and arms are only
// found by a word that is not in the table. No everyday name is completed by a word that nobody typed if the words already make
// up a dangerous one.
export function misspelt(table, words, unknown) {
  if (!words.length || (words.length < 2 && !unknown.length)) return null;
  const slips = words.map((word) => slipsOf(table, word, unknown.includes(word.said)));
  const hits = table.goods.flatMap((good) => good.phrases.flatMap((parts) => {
    if (parts.length < words.length || (parts.length > words.length && words.length < 2)) return [];
    const costs = words.map((_, n) => slips[n].get(parts[n].text) ?? Infinity);
    const cost = costs.reduce((sum, item) => sum + item, 0);
    const sure = !good.strict || (unknown.length > 0 && costs.every((item) => item < 2));
    return cost < Infinity ? [{ good, parts, sure, cost: cost + (parts.length - words.length) / 10 }] : [];
  }));
  const dangerous = hits.filter(({ good, parts }) => good.strict && parts.length === words.length);
  const named = hits.filter(({ good, parts, sure }) => sure && (good.strict || !dangerous.length || parts.length === words.length));
  const least = Math.min(...named.map(({ cost }) => cost));
  const best = named.filter(({ cost }) => cost === least);
  best.sort((a, b) => BY_CARE.indexOf(a.good.answer) - BY_CARE.indexOf(b.good.answer));
  if (!best.length) return null;
  const hidden = !best.some(({ good }) => good.strict) && dangerous.some(({ cost }) => cost <= least);
  return {
    found: [...new Set(best.map(({ good }) => good))].slice(0, MOST_MISSPELT),
    said: best[0].parts.map(({ said: text }) => text).join(" "),
    doubtful: hidden ? words.map(({ said: text }) => text) : [],
  };
}

// Returns adjacent words that, but for a slip, are a dangerous name of two syllables or more, one of them not in the table:
// "bánh thuocos nổ", "nắm ấđm thép".
export function mayBeDangerous(table, words, unknown) {
  const slips = words.map((word) => slipsOf(table, word, unknown.includes(word.said)));
  const strange = words.map(({ said: text }) => unknown.includes(text));
  const runs = table.goods.filter(({ strict }) => strict).flatMap(({ phrases }) => phrases.flatMap((parts) => words.flatMap((_, from) => {
    const places = parts.map((_part, k) => from + k);
    const costs = parts.map(({ text }, k) => slips[from + k]?.get(text) ?? Infinity);
    const slipped = parts.length > 1 && Math.max(...costs) < Infinity && costs.filter((item) => item > 1).length < 2;
    return slipped && places.some((n) => strange[n]) ? [places] : [];
  })));
  return [...new Set(runs.flat())].sort((a, b) => a - b).map((n) => words[n].said);
}

// Returns the words of the table that may be meant, each with its cost: 0 as it is typed, 1 for a slip of tone, keys or ear, 2
// for a letter more or less.
function slipsOf(table, word, isUnknown) {
  table.spelt = table.spelt ?? [...table.known].map(spelling);
  table.slips = table.slips ?? new Map(); // computed once for each word: each keystroke asks again for the words before it
  const key = `${word.text} ${isUnknown}`;
  if (!table.slips.has(key)) table.slips.set(key, costsOf(table.spelt, word, isUnknown));
  return table.slips.get(key);
}

function costsOf(spelt, word, isUnknown) {
  const own = spelling(word.text);
  const keys = typedKeys(word.bare);
  const costs = new Map();
  for (const other of spelt) {
    const same = other.text === own.text || (word.text === word.bare && other.bare === own.bare);
    const slip = other.bare === own.bare || other.heard === own.heard || (keys && keys.bare === other.bare && keys.tone === other.tone);
    if (same) costs.set(other.text, 0);
    else if (slip) costs.set(other.text, 1);
    else if (isUnknown && own.bare.length >= SHORT && isOneEdit(own.bare, other.bare)) costs.set(other.text, 2);
  }
  return costs;
}

function spelling(text) {
  const tone = text.match(TONE_SIGN)?.[0] ?? "";
  const letters = text.replace(tone, "").replace(DOUBLED, "$1");
  const bare = Array.from(letters.normalize("NFD")).filter((sign) => !/\p{M}/u.test(sign)).join("").replaceAll("đ", "d");
  const soundsLike = SOUND_ALIKE.reduce((word, [written, sound]) => word.replace(written, sound), letters);
  return { text, tone, bare, heard: soundsLike + (tone === TELEX.x ? TELEX.r : tone) }; // hỏi and ngã sound alike to many
}

// Reads Telex keys that no program turned into marks, anywhere in the word: "nuwowcs" and "nuocws" give {bare: "nuoc", tone:
// sắc}; null if the word has none.
function typedKeys(bare) {
  const plain = bare.replace(/([aeod])([a-z]*)\1/gu, "$1$2").replace(/([aou][a-z]*?)w/gu, "$1").replace(/w/gu, "u");
  const [, head = plain, tail = ""] = plain.match(AFTER_VOWEL) ?? [];
  const key = tail.match(/[sfrxj]/u)?.[0];
  if (!key && plain === bare) return null;
  return { bare: head + tail.replace(/[sfrxj]/gu, ""), tone: key ? TELEX[key] : "" };
}

// Tells whether one letter more, less or other, or two swapped letters, make one word of the other.
function isOneEdit(word, other) {
  if (Math.abs(word.length - other.length) > 1 || word === other) return false;
  let start = 0;
  while (start < word.length && word[start] === other[start]) start += 1;
  const [tail, others] = [word.slice(start), other.slice(start)];
  if (tail[0] === others[1] && tail[1] === others[0] && tail.slice(2) === others.slice(2)) return true;
  return word.length > SHORT && (tail.slice(1) === others.slice(1) || tail.slice(1) === others || tail === others.slice(1));
}
