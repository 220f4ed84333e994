// How far a person is in a unit, and which version of it is his: what is graded goes on in the version in which it was begun.
import { isGiven } from "../logic/answer_entries.js";

/** @param {Host} host */
export function isGraded(host, id) {
  return "earlier" in (host.course.units[id] ?? {});
}

export function countGiven(entries) {
  return Object.values(entries).filter(isGiven).length;
}

// How much of a unit is done. Of a lesson the main part counts (`core` and `extra`: by question the ids of its variants);
// `more` and `left` are the answers beside it and what is open there.
function countedIn(unit, entries) {
  if (!unit.core) return { total: unit.total, done: countGiven(entries), more: 0, left: 0 };
  const left = openOf(unit.extra, entries).length;
  return { total: unit.core.length, done: unit.core.length - openOf(unit.core, entries).length, more: unit.extra.length - left, left };
}

// Of questions, each named by the ids of its variants, those without an answer.
export function openOf(asked, entries) {
  return asked.filter((ids) => !ids.split(" ").some((id) => isGiven(entries[id])));
}

// How far a person is: {version, total, done, more, left, others: [{version, done}]}. Of what is graded the version is the one
// that was answered last, as long as its sheet is here; the others that were begun are told beside it.
/** @param {Host} host */
export async function standingOf(host, id) {
  const unit = host.course.units[id];
  if (!unit.earlier) {
    const counted = countedIn(unit, await host.journal.entries({ unit: id, version: unit.version }));
    return { version: unit.version, ...(await withOpening(host, id, counted)), others: [] };
  }
  const counts = (await host.journal.versions(id)).map(({ version, entries }) => ({ version, done: countGiven(entries) }));
  const totals = totalsOf(unit);
  const last = [...counts].reverse().find(({ version }) => version in totals);
  const version = last?.version ?? unit.version;
  return { version, total: totals[version], done: last?.done ?? 0, more: 0, left: 0, others: counts.filter((one) => one !== last) };
}

// The sheet at an address: "bt05" is the one that this person is at, "bt05-1.4.1" that of a version. Null where there is none.
/** @param {Host} host */
export async function sheetAt(host, address) {
  const [, id, asked] = /^(\w+)(?:-(\d[\d.]*))?$/u.exec(address) ?? [];
  const unit = host.course.units[id];
  const version = asked ?? (unit && (await standingOf(host, id)).version);
  if (!unit || !(version in totalsOf(unit))) return null;
  const page = await (version === unit.version ? host.loaded(id, unit.law) : host.loaded(`${id}-${version}`));
  return { ...page, address };
}

// On pages the case of one's role opens a lesson and counts as its first step: who has answered anything of the main part is
// past it, so what was begun or finished stays so.
/** @param {Host} host */
async function withOpening(host, id, counted) {
  const role = host.kind === "page" ? await host.journal.read("role") : null;
  if (!role || !Object.values(host.course.cases).some((one) => one.unit === id && one.role === role)) return counted;
  const past = counted.done > 0 || (await host.journal.read("seen", id))?.opened === true;
  return { ...counted, total: counted.total + 1, done: counted.done + (past ? 1 : 0) };
}

function totalsOf(unit) {
  return { ...unit.earlier, [unit.version]: unit.total };
}

// The answers that begin a lesson: a case alone begins none, as the first page asks it too.
/** @param {Host} host */
export function beginning(host, entries) {
  const cases = new Set(Object.values(host.course.cases ?? {}).flatMap(({ ids }) => ids.split(" ")));
  return Object.entries(entries).flatMap(([id, entry]) => (isGiven(entry) && !cases.has(id) ? [entry] : []));
}

// Whether anything of a unit was done that makes it the one to go on with.
/** @param {Host} host */
export async function isBegun(host, id) {
  const unit = host.course.units[id];
  if (!unit.core) return (await standingOf(host, id)).done > 0;
  return beginning(host, await host.journal.entries({ unit: id, version: unit.version })).length > 0 || (await host.journal.read("seen", id))?.opened === true;
}

// The day on which the main part of a lesson was finished, as its answers tell: that of the latest of them. Null before it.
export function dayDone(unit, entries) {
  if (!unit.core?.length || openOf(unit.core, entries).length) return null;
  const moments = unit.core.flatMap((ids) => ids.split(" ").filter((id) => isGiven(entries[id])).map((id) => entries[id].at));
  const days = moments.filter((at) => Date.parse(at) > 0).map((at) => at.slice(0, 10));
  return days.sort().pop() ?? null;
}
