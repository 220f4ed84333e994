// How far a person is in a unit, and in which version: graded work goes on in the version in which it was begun.
import { isAnswered, isSettled } from "../logic/answer_entries.js";
import { questionsOf } from "../logic/variants.js";

/** @param {Host} host */
export function isGraded(host, id) {
  return "earlier" in (host.course.units[id] ?? {});
}

function countAnswered(entries) {
  return Object.values(entries).filter(isAnswered).length;
}

// Counts how much of a unit is done. Of a lesson the main part counts (`core` and `extra`: for each question the ids of its
// variants); `more` and `left` count the answers and the open questions outside it.
function countedIn(unit, entries) {
  if (!unit.core) return { total: unit.total, done: countAnswered(entries), more: 0, left: 0 };
  const left = openOf(unit.extra, entries).length;
  return { total: unit.core.length, done: unit.core.length - openOf(unit.core, entries).length, more: unit.extra.length - left, left };
}

// Returns the questions neither answered nor passed by; each is named by the ids of its variants.
export function openOf(names, entries) {
  return names.filter((ids) => !ids.split(" ").some((id) => isSettled(entries[id])));
}

// Returns how far a person is: {version, total, done, begun, more, left, others: [{version, done}]}. Of graded work the version is
// the one answered last, as long as its sheet is here; a question of it that is answered in part counts as begun, not as done, as
// on the sheet itself. `others` are the other versions begun.
/** @param {Host} host */
export async function standingOf(host, id) {
  const unit = host.course.units[id];
  if (!unit.earlier) {
    const counted = countedIn(unit, await host.journal.entries({ unit: id, version: unit.version }));
    const opened = await withOpening(host, id, counted);
    return { version: unit.version, ...opened, begun: opened.done, others: [] };
  }
  const versions = await host.journal.versions(id);
  const totals = totalsOf(unit);
  const last = [...versions].reverse().find(({ version }) => version in totals);
  const version = last?.version ?? unit.version;
  const others = versions.filter((entry) => entry !== last).map((entry) => ({ version: entry.version, done: countAnswered(entry.entries) }));
  return { version, total: totals[version], done: last ? await wholeIn(host, id, last) : 0, begun: last ? countAnswered(last.entries) : 0, more: 0, left: 0, others };
}

// Counts the answers of a sheet that are whole; all of them if the sheet, which says what is asked, cannot be loaded. Only an answer
// with several parts may be open in part.
async function wholeIn(host, id, { version, entries }) {
  const answered = Object.keys(entries).filter((questionId) => isAnswered(entries[questionId]));
  if (!answered.some((questionId) => typeof entries[questionId].answer === "object")) return answered.length;
  try {
    const [page, { isWhole }] = await Promise.all([sheetOf(host, id, version), host.checker()]);
    const questions = questionsOf(page, host.person, entries) ?? {};
    return answered.filter((questionId) => !questions[questionId] || isWhole(questions[questionId], entries[questionId].answer)).length;
  } catch {
    return answered.length;
  }
}

const sheetOf = (host, id, version) => host.loaded(version === host.course.units[id].version ? id : `${id}-${version}`);

// Returns the sheet at an address: "bt05" is this person's own, "bt05-1.4.1" that of a version. Null if there is none.
/** @param {Host} host */
export async function sheetAt(host, address) {
  const [, id, digest] = /^(\w+)(?:-(\d[\d.]*))?$/u.exec(address) ?? [];
  const unit = host.course.units[id];
  const version = digest ?? (unit && (await standingOf(host, id)).version);
  if (!unit || !(version in totalsOf(unit))) return null;
  const page = await sheetOf(host, id, version);
  return { ...page, address };
}

// Counts the opening case, which on pages opens a lesson for one's role as its first step: anyone who has answered something
// of the main part is past it, so what was begun or finished stays so.
/** @param {Host} host */
async function withOpening(host, id, counted) {
  const role = host.kind === "page" ? await host.journal.read("role") : null;
  if (!role || !Object.values(host.course.cases).some((item) => item.unit === id && item.role === role)) return counted;
  const past = counted.done > 0 || (await host.journal.read("seen", id))?.opened === true;
  return { ...counted, total: counted.total + 1, done: counted.done + (past ? 1 : 0) };
}

function totalsOf(unit) {
  return { ...unit.earlier, [unit.version]: unit.total };
}

// Returns the answers that begin a lesson: a case alone begins none, as the first page asks it too.
/** @param {Host} host */
export function beginning(host, entries) {
  const cases = new Set(Object.values(host.course.cases ?? {}).flatMap(({ ids }) => ids.split(" ")));
  return Object.entries(entries).flatMap(([id, entry]) => (isAnswered(entry) && !cases.has(id) ? [entry] : []));
}

// Tells whether something was done in a unit that makes it the one to go on with.
/** @param {Host} host */
export async function isBegun(host, id) {
  const unit = host.course.units[id];
  if (!unit.core) return (await standingOf(host, id)).begun > 0;
  return beginning(host, await host.journal.entries({ unit: id, version: unit.version })).length > 0 || (await host.journal.read("seen", id))?.opened === true;
}

// Returns the day of the latest answer of a finished main part of a lesson, null before it is finished.
export function dayDone(unit, entries) {
  if (!unit.core?.length || openOf(unit.core, entries).length) return null;
  const moments = unit.core.flatMap((ids) => ids.split(" ").filter((id) => isAnswered(entries[id])).map((id) => entries[id].at));
  const days = moments.filter((moment) => Date.parse(moment) > 0).map((moment) => moment.slice(0, 10));
  return days.sort().pop() ?? null;
}
