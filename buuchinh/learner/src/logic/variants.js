// Which questions a person is asked on a page: variants of practice, forms of what is graded, both by code.
import { isGiven } from "./answer_entries.js";
import { chosenBy, hmacSha256, sha256, utf8 } from "./sha256.js";

// Which of a question's variants is asked: the one that was answered, else the one of the code, as questions/variants.py
// picks it. Who gives a code keeps what he answered as a guest.
/** @type {(page: Page, name: string, code: string | null, entries?: Named<Entry>) => Question} */
export function variantOf(page, name, code, entries = {}) {
  const made = page.questions[name];
  if (made.length === 1) return made[0];
  const answered = made.filter(({ id }) => isGiven(entries[id])).sort((one, other) => entries[other.id].at.localeCompare(entries[one.id].at))[0];
  if (answered) return answered;
  return made[chosenBy(sha256(utf8([page.seed, page.version, name, code ?? ""].join("/"))), made.length)];
}

// Whether what a page asks is practice: told at once by its own key, and never handed in.
/** @type {(page: Page) => boolean} */
export const isPractice = ({ kind }) => kind === "lesson" || kind === "try";

// The questions of this person, by the id under which the page asks them; null where a code must come first.
/** @type {(page: Page, person: string | null, entries: Named<Entry>) => Named<Question> | null} */
export function questionsOf(page, person, entries) {
  if (isPractice(page)) {
    return Object.fromEntries(Object.keys(page.questions).map((name) => [name, variantOf(page, name, person, entries)]));
  }
  const names = Object.keys(page.forms).sort();
  if (names.length === 1) return page.forms[names[0]];
  if (!person) return null;
  return page.forms[names[chosenBy(hmacSha256(utf8(page.id), utf8(person)), names.length)]];
}

// The number that people see: "Câu 12", counted through the page; in a lesson what is folded is counted apart.
/** @type {(page: Page) => Map<string, number>} */
export function numbered(page) {
  const apart = page.kind === "lesson" ? [false, true] : [null];
  const ids = (/** @type {boolean | null} */ extra) =>
    page.screens.filter((screen) => extra === null || Boolean(screen.extra) === extra).flatMap((screen) => screen.parts.flatMap((part) => part.ask ?? []));
  return new Map(apart.flatMap((extra) => [...new Set(ids(extra))].map((id, n) => [id, n + 1])));
}

// Whether a lesson asks this in what is folded, where questions are counted apart: "Câu thêm 2".
/** @type {(page: Page, name: string) => boolean} */
export function isExtra(page, name) {
  return page.kind === "lesson" && page.screens.some(({ extra, parts }) => extra && parts.some(({ ask }) => ask === name));
}
