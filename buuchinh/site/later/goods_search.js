// What a customer says, found in the table of goods: "cái mền với cái gối", "thuoc tay cho ma", "banhtrang tay ninh".
import { fold } from "../../questions/browser/text.js";

const MOST_WORDS = 20;
const MOST_NEAR = 5;
const FEW = 2;
const SHORT = 3; // letters: a word with other marks is too often another word
const RARE = 3; // a word that so few goods have says which is meant
const CAUTION = ["refuse", "unit", "ask", "accept"];
// The ways in which a thing is found by its name, the surest first.
const [EXACT, SAME, NAMED, BEGINS, HOLDS, NONE] = [0, 1, 2, 3, 4, 5];

export function searchable(good) {
  return { ...good, phrases: [good.name, ...good.words].map(read) };
}

// What says nothing of the thing: ``words`` (how many, in what, for whom), ``places`` and places ``abroad`` (where to; divided
// by semicolons), and the words ``towards`` a place.
export function passing(words, places, abroad, towards) {
  const listed = (text) => text.split(";").map(read);
  const [marked, bare] = ["text", "bare"].map((form) => new Set(read(words).map((word) => word[form])));
  return { marked, bare, where: listed(places), abroad: listed(abroad), towards: read(towards) };
}

// {found, unknown, several, near, abroad}: goods that are named, those that ask for most care first; words that the table does
// not have; whether more than one thing may be meant; whether none is, and those found only look like what was said; whether it
// goes to another country.
export function lookUp(goods, typed, empty) {
  const words = read(typed).slice(0, MOST_WORDS);
  const silent = silentOnes(words, empty);
  const abroad = goesAbroad(words, empty);
  const telling = words.filter((_, n) => !silent.has(n));
  for (const tried of [words, telling]) {
    const { found, within } = byName(goods, tried, agrees);
    if (found.length) return { found, unknown: [], several: within, near: false, abroad };
  }
  const { found, used, several } = named(goods, words, silent, empty);
  const unknown = words.filter((_, n) => !used.has(n) && !silent.has(n)).map(({ said }) => said);
  if (found.length) return { found, unknown, several, near: false, abroad };
  const misspelt = byName(goods, telling, sounds).found.slice(0, MOST_NEAR);
  return { found: misspelt.length ? careful(misspelt) : nearest(goods, telling), unknown, several, near: true, abroad };
}

// A country of one syllable is part of other names too ("thuốc lào", "mỹ phẩm"): it counts after a word such as "đi", "bên".
function goesAbroad(words, empty) {
  return empty.abroad.some((place) => runs(place, words, agrees).some(([from]) => place.length > 1 || empty.towards.some((word) => from > 0 && agrees(words[from - 1], word))));
}

// The places of words that say nothing.
function silentOnes(words, empty) {
  const passed = hasMarks(words) ? empty.marked : empty.bare;
  const single = words.flatMap(({ text }, n) => (passed.has(text) || /^\d+\p{L}{0,3}$/u.test(text) ? [n] : []));
  return new Set([...single, ...[...empty.where, ...empty.abroad].flatMap((place) => runs(place, words, agrees)).flat()]);
}

// Words are {said, text, bare}: as typed, with the tone mark in one place, without marks. Made once: telephones are slow at it.
function read(words) {
  return fold(words, true).split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean).map((said) => {
    const text = oneWay(said);
    return { said, text, bare: fold(text) };
  });
}

// "thuỷ" and "thủy", "hoà" and "hòa" are one word: where the tone mark stands is a matter of taste.
function oneWay(word) {
  return word.normalize("NFD").replace(/(^|[^q])([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])$/u, "$1$2$4$3").normalize("NFC");
}

function hasMarks(words) {
  return words.some(({ text, bare }) => text !== bare);
}

// Typed with the marks of the table, or with none at all; a word not yet whole begins one of the table.
function agrees(typed, written, whole = true) {
  const form = typed.text === typed.bare ? "bare" : "text";
  return whole ? written[form] === typed[form] : written[form].startsWith(typed[form]);
}

// The marks are others: "nước mám".
function sounds(typed, written, whole = true) {
  return whole ? written.bare === typed.bare : written.bare.startsWith(typed.bare);
}

function careful(goods) {
  return goods.filter(({ answer }) => answer !== "accept");
}

// All that is typed stands in a name or in one of the ways to say it, the last word perhaps not yet whole. ``within``: only
// somewhere within them, and may mean another thing ("giáo" within "sách giáo khoa").
function byName(goods, words, alike) {
  if (!words.length) return { found: [], within: false };
  const hits = goods.map((good) => ({ good, rank: rankOf(good, words, alike) })).filter(({ rank }) => rank[0] < NONE);
  const best = Math.min(...hits.map(({ rank }) => rank[0]));
  const kept = hits.filter(({ rank }) => rank[0] <= (best <= SAME ? BEGINS : HOLDS));
  kept.sort((one, other) => one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1] || one.rank[2] - other.rank[2]);
  return { found: kept.map(({ good }) => good), within: best === HOLDS };
}

// The way in which a thing is found; the words too many; how usual this way to say it is.
function rankOf(good, words, alike) {
  const ranks = good.phrases.map((parts, usual) => [wayOf(parts, words, alike, usual === 0), Math.abs(parts.length - words.length), usual]);
  return ranks.reduce((best, one) => (one[0] < best[0] || (one[0] === best[0] && one[1] < best[1]) ? one : best));
}

function wayOf(parts, words, alike, isName) {
  const last = words.length - 1;
  const stands = (word, part, n) => part !== undefined && alike(word, part, n < last);
  if (parts.length === words.length && words.every((word, n) => alike(word, parts[n]))) return EXACT;
  if (parts.length === words.length && apart(words, parts, (part, word) => alike(word, part)).length) return SAME;
  if (words.length === 1 && joined(parts, words[0])) return SAME;
  if (words.every((word, n) => stands(word, parts[n], n))) return isName ? NAMED : BEGINS;
  return words.every((word, n) => parts.some((part) => stands(word, part, n))) ? HOLDS : NONE;
}

// "nuocmam": typed without spaces.
function joined(parts, { bare }) {
  return bare.length > 4 && parts.length > 1 && parts.map((part) => part.bare).join("") === bare;
}

// The things that are named among other words. Of two ways to read the same words the longer one holds; of several things
// the one that asks for most care stands first. What must not be sent is heard with other marks too ("thuóc nổ").
function named(goods, words, silent, empty) {
  const all = goods.flatMap((good) => matchesOf(good, words, empty));
  const sure = all.filter(({ vague }) => !vague);
  const told = sure.length || words.length > FEW ? sure : all;
  const used = new Set(told.flatMap(({ at }) => at));
  const heard = goods.filter(({ answer }) => answer === "refuse").flatMap((good) => heardOf(good, words));
  const matches = [...told, ...heard.filter(({ at }) => at.every((n) => !used.has(n) && !silent.has(n)))];
  const kept = matches.filter((one) => !matches.some((other) => other.at.length > one.at.length && one.at.every((n) => other.at.includes(n))));
  const groups = [...new Set(kept.map(({ at }) => at.join()))].map((place) => kept.filter(({ at }) => at.join() === place).sort(asSaid));
  groups.sort(([one], [other]) => care(one) - care(other) || other.at.length - one.at.length || one.at[0] - other.at[0]);
  return { found: [...new Set(groups.flat().map(({ good }) => good))], used: new Set(kept.flatMap(({ at }) => at)), several: groups.length > 1 && careful(kept.map(({ good }) => good)).length > 0 };
}

function asSaid(one, other) {
  return other.spelt - one.spelt || one.usual - other.usual || care(one) - care(other);
}

function care({ good }) {
  return CAUTION.indexOf(good.answer);
}

// Where the phrases of a thing stand among the words. What may as well be a word that says nothing ("cho con", "anh"), or a
// single one that lacks its marks where others have theirs, names a thing only where there is hardly more.
function matchesOf(good, words, empty) {
  const marks = hasMarks(words);
  const passed = marks ? empty.marked : empty.bare;
  return good.phrases.flatMap((parts, usual) =>
    placesOf(parts, words).map((at) => {
      const spelt = at.filter((n, k) => words[n].text === parts[k]?.text).length;
      const twoWays = at.every((n) => passed.has(words[n].text)) && !parts.every(({ text }) => empty.marked.has(text));
      return { good, at, spelt, usual, vague: twoWays || (parts.length === 1 && marks && !spelt) };
    }));
}

function heardOf(good, words) {
  return good.phrases.flatMap((parts, usual) => {
    const found = parts.length > 1 || parts[0].text.length > SHORT ? runs(parts, words, sounds) : [];
    return found.map((at) => ({ good, at, spelt: 0, usual, vague: false }));
  });
}

function placesOf(parts, words) {
  const glued = words.flatMap((word, n) => (joined(parts, word) ? [[n]] : []));
  const found = [...glued, ...runs(parts, words, agrees)];
  return found.length || parts.length === 1 ? found : apart(parts, words, (word, part) => agrees(word, part));
}

// Where the parts stand one after another among the words.
function runs(parts, words, alike) {
  const starts = words.map((_, n) => n).filter((n) => n + parts.length <= words.length);
  return starts.filter((from) => parts.every((part, k) => alike(words[from + k], part))).map((from) => parts.map((_, k) => from + k));
}

// "áo quần" for "quần áo", "dao nhỏ thái" for "dao thái": in another order, or with one word between.
function apart(parts, words, alike) {
  const at = parts.map((part) => words.findIndex((word) => alike(word, part)));
  const near = Math.max(...at) - Math.min(...at) <= parts.length;
  return at.includes(-1) || new Set(at).size < parts.length || !near ? [] : [at];
}

// Goods that share at least half of the words, two of them or all, and a rare one.
function nearest(goods, words) {
  const having = words.map((word) => new Set(goods.filter((good) => good.phrases.some((parts) => parts.some((part) => agrees(word, part))))));
  const shared = (good) => having.filter((found) => found.has(good));
  const enough = Math.max(Math.min(words.length, 2), words.length / 2);
  const alike = goods.filter((good) => shared(good).length >= enough && shared(good).some(({ size }) => size <= RARE));
  return careful(alike).sort((one, other) => shared(other).length - shared(one).length).slice(0, MOST_NEAR);
}
