// The role of a person, the units of its path in order, and the one to go on with.
import { isGiven } from "../logic/answer_entries.js";
import { numbered } from "../logic/variants.js";
import { standingOf } from "./standing.js";
import { walkedThrough } from "./seen.js";

export async function roleOf(host) {
  const chosen = await host.journal.read("role");
  return host.course.roles.find(({ id }) => id === chosen) ?? null;
}

// The units in the order in which they are learnt: the role's path, else all lessons.
export function stepsOf(host, role) {
  const steps = role?.path ?? host.course.lessons.map(({ id }) => id);
  return steps.length ? steps : Object.keys(host.course.units); // of a bundle with a few units alone
}

// The first unit of a path that is open: a lesson that was walked to its end holds nobody back while others are untouched.
// Null where all is done. `now`: the unit that one is just leaving.
export async function nextOf(host, path, now) {
  const open = [];
  for (const id of path) if (id !== now && !(await isFinished(host, id))) open.push(id);
  for (const id of open) if (!(await walkedThrough(host, id))) return id;
  return open[0] ?? null;
}

// Where a person goes on: {unit, at, question}; null where the path is done. A unit that was only looked at leads nobody away.
export async function resumeOf(host, path) {
  const last = await host.journal.read("last");
  const following = await nextOf(host, path);
  if (last && !last.end && host.course.units[last.unit] && (await goesOn(host, last.unit, following)))
    return { unit: last.unit, at: last.at, ...(last.question ? { question: await openAfter(host, last) } : {}) };
  return following ? { unit: following, at: null } : null;
}

// The first question of a unit that is open behind the one that was answered last, else the first that is open at all.
async function openAfter(host, { unit, question }) {
  const page = await host.loaded(unit);
  const entries = await host.journal.entries({ unit, version: page.version });
  const names = page.screens ? [...numbered(page).keys()] : [];
  const idsOf = (name) => page.questions?.[name]?.map(({ id }) => id) ?? [name];
  const isOpen = (name) => !idsOf(name).some((id) => isGiven(entries[id]));
  const at = names.findIndex((name) => idsOf(name).includes(question));
  return names.slice(at + 1).find(isOpen) ?? names.find(isOpen) ?? question;
}

async function goesOn(host, id, following) {
  if (await isFinished(host, id)) return false;
  const { done, more } = await standingOf(host, id);
  return id === following || done + more > 0;
}

// A sheet to print of a path: {unit, title, sheet}, where notebooks have some.
export function sheetOf(host, id) {
  return host.course.sheets?.find(({ unit }) => unit === id) ?? null;
}

// What has a deadline and was not handed in, the next first: {unit, until, late}; of a role what its path has.
export async function dueOf(host, role, now = Date.now()) {
  const due = Object.values(host.course.units).filter(({ id, until }) => until && (!role || role.path.includes(id)));
  const open = [];
  for (const unit of due) if (!(await host.journal.read("submission", unit.id))) open.push({ unit, until: unit.until, late: Date.parse(unit.until) < now });
  return open.sort((one, other) => Date.parse(one.until) - Date.parse(other.until));
}

// Answered whole, or handed in; a short test: ended in this version; a sheet to print: opened.
async function isFinished(host, id) {
  if (sheetOf(host, id)) return (await host.journal.read("sheets")).includes(id);
  if (host.course.tests.some((one) => one.id === id)) return (await host.journal.read("finished", id))?.version === host.course.units[id].version;
  const { total, done } = await standingOf(host, id);
  return (total > 0 && done >= total) || Boolean(await host.journal.read("submission", id));
}
