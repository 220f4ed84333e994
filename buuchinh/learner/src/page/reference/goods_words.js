// A customer's words one by one, and the words that name no thing: how many, in what, for whom, where to.
import { fold } from "../../question/text.js";

const MOST_WORDS = 20;
const SEPARATOR = /[,;+&/]/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const FORMS = new Map(); // a cache: the table repeats few words many times
const WORD_LISTS = { passing: "goods_passing", looks: "goods_looks", about: "goods_about", joins: "goods_joins", towards: "goods_towards", animals: "goods_animals" };
const LISTS = { places: "goods_places", abroad: "goods_places_abroad", within: "goods_within", warning: "goods_warning", pretend: "goods_pretend", figures: "goods_figures", shortened: "goods_shortened" };

// Returns words as {said, text, bare, apart}: as typed, with the tone mark last, without marks; whether a comma or the like
// comes before. Each form is made once: telephones are slow at it.
export function read(words) {
  return wordsOf(fold(words, true));
}

// Returns the phrases of a text, divided by semicolons, each as from ``read``.
export function phrasesOf(text) {
  return fold(text, true).split(";").map(wordsOf).filter((parts) => parts.length);
}

function wordsOf(typed) {
  if (!SEPARATOR.test(typed)) return (typed.match(WORD) ?? []).map(formsOf);
  let end = 0;
  return Array.from(typed.matchAll(WORD), ({ 0: text, index }) => {
    const isSeparated = SEPARATOR.test(typed.slice(end, index));
    end = index + text.length;
    return { ...formsOf(text), apart: isSeparated };
  });
}

function formsOf(text) {
  if (!FORMS.has(text)) FORMS.set(text, { said: text, text: toneLast(text), bare: fold(text) });
  return FORMS.get(text);
}

// Puts the tone mark last: "thuỷ" and "thủy", "pháo" and "phaó" are one word, as the mark belongs to the whole syllable.
function toneLast(word) {
  const signs = word.normalize("NFD");
  const tone = signs.match(/[\u0300\u0301\u0303\u0309\u0323]/u)?.[0] ?? "";
  return signs.replace(tone, "").normalize("NFC") + tone;
}

// Returns the words that name no thing, from ``say`` (a key of messages/vi/site.toml to its text): sets of words by their form,
// and lists of phrases.
export function passing(say) {
  const sets = Object.entries(WORD_LISTS).map(([kind, key]) => {
    const words = read(say(key));
    return [kind, { text: new Set(words.map(({ text }) => text)), bare: new Set(words.map(({ bare }) => bare)) }];
  });
  const lists = Object.entries(LISTS).map(([name, key]) => [name, phrasesOf(say(key))]);
  return Object.fromEntries([...sets, ...lists]);
}

// Returns the words of ``typed``, the ``form`` in which they are compared ("bare" if they are typed without any mark), and
// places among them: ``silent`` words say nothing of the thing, ``plain`` ones only how it looks, ``within`` ones only sound
// like a thing ("giáo" in "cô giáo"), ``shape`` ones are the animal of a figure or toy ("mèo" in "squishy mèo"); ``segments``
// are the numbers of the words' segments, divided by a word such as "với".
export function hear(typed, empty) {
  const typedWords = read(typed).slice(0, MOST_WORDS);
  const form = typedWords.some(({ text, bare }) => text !== bare) ? "text" : "bare";
  const words = writtenOut(typedWords, form, empty);
  const every = (phrases) => phrases.flatMap((parts) => runs(parts, words, form));
  const having = (kind) => words.flatMap((word, n) => (empty[kind][form].has(word[form]) ? [n] : []));
  const counted = words.flatMap(({ text }, n) => (/^\d+\p{L}{0,3}$/u.test(text) ? [n] : []));
  const within = every(form === "text" ? [...empty.within, ...empty.places] : empty.within); // "khánh" is no thing in "Khánh Hòa"
  const shape = every(empty.figures).flatMap((places) => shapeOf(places, words, form, empty));
  const joins = having("joins");
  return {
    words, form, empty, within, shape: new Set(shape),
    silent: new Set([having("passing"), joins, counted, every(empty.places), every(empty.abroad), within].flat(2)),
    plain: new Set([...shape, ...having("looks"), ...words.flatMap(({ text }, n) => (/\d/u.test(text) ? [n] : []))]),
    about: having("about"),
    segments: segmentsOf(words, joins),
    pretend: every(empty.pretend),
    warning: every(empty.warning.filter((parts) => form === "text" || parts.length > 1 || parts[0].text === parts[0].bare)).filter((run) => !run.every((n) => shape.includes(n)) && !within.some((places) => run.every((n) => places.includes(n)))),
    abroad: every(empty.abroad).some((places) => goesTo(places, words, form, empty)),
  };
}

// Returns the words, the first that says something written out if it is short for others: "cái đt cũ" is "cái điện thoại cũ".
function writtenOut(words, form, { shortened, passing: silent }) {
  const first = words.findIndex((word) => !silent[form].has(word[form]));
  const [, ...whole] = shortened.find(([short]) => short.said === words[first]?.said) ?? [];
  return whole.length ? [...words.slice(0, first), ...whole, ...words.slice(first + 1)] : words;
}

// Returns the place of the animal that a figure shows, right after it or after words that say nothing: "móc khóa con mèo", but
// not "gấu bông với mèo".
function shapeOf(places, words, form, { animals, joins, passing: silent }) {
  const from = places[places.length - 1] + 1;
  const says = (word) => word.apart || animals[form].has(word[form]) || joins[form].has(word[form]) || !silent[form].has(word[form]);
  const n = words.findIndex((word, k) => k >= from && says(word));
  return n > 0 && !words[n].apart && animals[form].has(words[n][form]) ? [n] : [];
}

function segmentsOf(words, joins) {
  let number = 0;
  return words.map((word, n) => (word.apart || joins.includes(n - 1) ? (number += 1) : number));
}

// Tells whether a country is a destination. One of one syllable is part of other names too ("thuốc lào", "mỹ phẩm"): it counts
// after a word such as "đi", "bên".
function goesTo(places, words, form, empty) {
  return places.length > 1 || (places[0] > 0 && empty.towards[form].has(words[places[0] - 1][form]));
}

// Returns the places at which the parts follow one another among the words.
export function runs(parts, words, form) {
  const starts = words.map((_, n) => n).filter((n) => n + parts.length <= words.length);
  return starts.filter((from) => parts.every((part, k) => part[form] === words[from + k][form])).map((from) => parts.map((_, k) => from + k));
}
