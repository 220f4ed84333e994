// Search for rows by words typed in any order, with or without tone marks, the last one perhaps unfinished: titles rank first.
// If no row has all the words, `nearest` ranks rows by the rare words that they share.
import { fold } from "../question/text.js";

/** @typedef {{ at: string | null, title: string, about: string, head: string, body: string }} Findable */

// Makes a row searchable: [address, title, text shown beside it, further text it is found by]
/** @type {(row: any[]) => Findable} */
export function findable([at, title, about = "", also = ""]) {
  return { at, title, about, head: plain(title), body: plain(`${title} ${about} ${also}`) };
}

// Returns at most so many rows, the best first, and how many there are.
/** @type {(rows: Findable[], typed: string, most: number) => { rows: Findable[], total: number }} */
export function findRows(rows, typed, most) {
  const phrase = plain(typed).trimEnd();
  if (!phrase) return { rows: [], total: 0 };
  const last = phrase.slice(phrase.lastIndexOf(" "));
  const words = phrase.slice(1).split(" ").slice(0, -1);
  /** @type {(text: string) => boolean} */
  const hasAll = (text) => text.includes(last) && words.every((word) => text.includes(` ${word} `));
  const hits = rows.filter(({ body }) => hasAll(body));
  /** @type {(row: Findable) => number} */
  const rank = ({ head }) => (head.startsWith(phrase) ? 0 : head.includes(phrase) ? 1 : hasAll(head) ? 2 : 3);
  const sorted = [...hits].sort((a, b) => rank(a) - rank(b));
  return { rows: sorted.slice(0, most), total: hits.length };
}

// Returns at most so many rows that have at least half of the words typed, those with the rarest first. A word that more than
// one row in ten has says little and is passed over.
/** @type {(rows: Findable[], typed: string, most: number) => Findable[]} */
export function nearest(rows, typed, most) {
  const words = [...new Set(plain(typed).trim().split(" "))];
  if (words.length < 2) return [];
  const sharing = words.map((word) => new Set(rows.filter(({ body }) => body.includes(` ${word} `))));
  const telling = sharing.filter(({ size }) => size > 0 && size <= rows.length / 10);
  /** @type {(row: Findable) => number} */
  const weight = (row) => telling.reduce((sum, having) => sum + (having.has(row) ? Math.log(rows.length / having.size) : 0), 0);
  const enough = rows.filter((row) => 2 * sharing.filter((having) => having.has(row)).length >= words.length && weight(row) > 0);
  return enough.sort((a, b) => weight(b) - weight(a)).slice(0, most);
}

// Returns the words of a text, each between two spaces; a dot within a number stays.
/** @type {(text: string) => string} */
function plain(text) {
  const words = fold(text).replace(/[^\p{L}\p{N}.]+|\.(?!\p{N})/gu, " ");
  return ` ${words} `.replace(/ +/gu, " ");
}
