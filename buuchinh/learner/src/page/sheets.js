// What a person has done of a unit. What is graded goes on in the version in which it was begun; the answers to all
// else belong to questions, whose ids are for ever, whatever the version was.
import { entriesOf, isGiven } from "../logic/answer_entries.js";

export function isGraded(app, id) {
  return "earlier" in (app.course.units[id] ?? {});
}

export async function endOf(app, id) {
  return (await app.journal.get(`finished ${app.person ?? ""} ${id}`)) ?? null;
}

// Lines of a unit as they count in a version: a short test that was ended in an earlier one begins anew.
export async function linesOf(app, id, version) {
  const found = await app.journal.unit(app.person ?? "", id);
  const end = await endOf(app, id);
  const over = end ? [end, ...(end.earlier ?? [])].map((one) => one.version) : [];
  const counts = isGraded(app, id) ? (one) => one.version === version : (one) => one.version === version || !over.includes(one.version);
  return found.filter(counts).map(({ line }) => line);
}

export function givenIn(lines) {
  return Object.values(entriesOf(lines)).filter(isGiven).length;
}

// How much of a unit is done. Of a lesson the main part counts (`core` and `extra`: by question the ids of its variants);
// `more` and `left` are the answers beside it and what is open there.
function countedIn(unit, lines) {
  if (!unit.core) return { total: unit.total, done: givenIn(lines), more: 0, left: 0 };
  const entries = entriesOf(lines);
  const left = openOf(unit.extra, entries).length;
  return { total: unit.core.length, done: unit.core.length - openOf(unit.core, entries).length, more: unit.extra.length - left, left };
}

// Of questions, each told as the ids of its variants, those without an answer.
export function openOf(asked, entries) {
  return asked.filter((ids) => !ids.split(" ").some((id) => isGiven(entries[id])));
}

// How far a person is: {version, total, done, more, left, others: [{version, done}]}. Of what is graded the version is the one
// that was answered last, as long as the pages carry its sheet; the others that were begun are told beside it.
export async function standingOf(app, id) {
  const unit = app.course.units[id];
  if (!unit.earlier) return { version: unit.version, ...countedIn(unit, await linesOf(app, id, unit.version)), others: [] };
  const begun = new Map();
  for (const { version, line } of await app.journal.unit(app.person ?? "", id)) {
    const lines = begun.get(version) ?? [];
    begun.delete(version); // what was answered last stands last
    begun.set(version, lines);
    lines.push(line);
  }
  const counts = [...begun].map(([version, lines]) => ({ version, done: givenIn(lines) })).filter(({ done }) => done > 0);
  const totals = totalsOf(unit);
  const last = [...counts].reverse().find(({ version }) => version in totals);
  const version = last?.version ?? unit.version;
  return { version, total: totals[version], done: last?.done ?? 0, more: 0, left: 0, others: counts.filter((one) => one !== last) };
}

// The page at an address: "bt05" is the sheet that this person is at, "bt05-1.4.1" that of a version. Null where there is none.
export async function pageAt(app, address) {
  const [, id, asked] = /^(\w+)(?:-(\d[\d.]*))?$/u.exec(address) ?? [];
  const unit = app.course.units[id];
  const version = asked ?? (unit && (await standingOf(app, id)).version);
  if (!unit || !(version in totalsOf(unit))) return null;
  const page = await (version === unit.version ? app.loaded(id, unit.law) : app.loaded(`${id}-${version}`));
  return { ...page, address };
}

function totalsOf(unit) {
  return { ...unit.earlier, [unit.version]: unit.total };
}
