// The questions that a person gets on a page: variants of practice, forms of graded work, both by code.
import { isAnswered } from "./answer_entries.js";
import { chosenBy, hmacSha256, sha256, utf8 } from "./sha256.js";

// Returns the variant of a question to ask: the one that was answered, else the one of the code, as questions/variants.py picks
// it. A guest who gives a code keeps the answers given as a guest.
/** @type {(page: Page, name: string, code: string | null, entries?: Named<Entry>) => Question} */
export function variantOf(page, name, code, entries = {}) {
  const made = page.questions[name];
  if (made.length === 1) return made[0];
  const answered = made.filter(({ id }) => isAnswered(entries[id])).sort((a, b) => entries[b.id].at.localeCompare(entries[a.id].at))[0];
  if (answered) return answered;
  return made[chosenBy(sha256(utf8([page.seed, page.version, name, code ?? ""].join("/"))), made.length)];
}

// Tells whether a page is practice: checked at once with its own key, and never handed in.
/** @type {(page: Page) => boolean} */
export const isPractice = ({ kind }) => kind === "lesson" || kind === "try";

// Returns this person's questions, by the id under which the page asks them; null if a code must come first.
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

// Returns the number that people see: "Câu 12", counted through the page; folded questions of a lesson are counted separately.
/** @type {(page: Page) => Map<string, number>} */
export function numbered(page) {
  const extras = page.kind === "lesson" ? [false, true] : [null];
  const ids = (/** @type {boolean | null} */ extra) =>
    page.screens.filter((screen) => extra === null || Boolean(screen.extra) === extra).flatMap((screen) => screen.parts.flatMap((part) => part.ask ?? []));
  return new Map(extras.flatMap((extra) => [...new Set(ids(extra))].map((id, n) => [id, n + 1])));
}

// Returns the questions of the main part, in order.
/** @type {(page: Page) => string[]} */
export function coreOf(page) {
  const names = page.screens.filter((screen) => !screen.extra).flatMap((screen) => screen.parts.flatMap((part) => part.ask ?? []));
  return [...new Set(names)];
}

// Tells whether a lesson asks this in its folded part, where questions are counted separately: "Câu thêm 2".
/** @type {(page: Page, name: string) => boolean} */
export function isExtra(page, name) {
  return page.kind === "lesson" && page.screens.some(({ extra, parts }) => extra && parts.some(({ ask }) => ask === name));
}
