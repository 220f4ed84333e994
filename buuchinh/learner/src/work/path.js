// The role of a person, the units of its path in order, and the one to go on with.
import { isSettled } from "../logic/answer_entries.js";
import { numbered } from "../logic/variants.js";
import { isOutdated } from "./changed.js";
import { sentAt } from "./sent.js";
import { beginning, isBegun, openOf, standingOf } from "./standing.js";

/** @param {Host} host */
export async function roleOf(host) {
  const chosen = await host.journal.read("role");
  return host.course.roles.find(({ id }) => id === chosen) ?? null;
}

// Returns the units in the order in which they are studied: the role's path, else all lessons.
/** @param {Host} host */
export function stepsOf(host, role) {
  const steps = role?.path ?? host.course.lessons.map(({ id }) => id);
  return steps.length ? steps : Object.keys(host.course.units); // a bundle with only a few units
}

// Returns the first open unit of a path, null if all are done: a lesson that was walked to its end holds nobody back while
// others are untouched. `now`: the unit that one is just leaving; the exercise of a lesson comes right after it.
/** @type {(host: Host, path: string[], now?: string) => Promise<string | null>} */
export async function nextOf(host, path, now) {
  const after = ["bt", "t"].map((kind) => now?.replace(/^l(?=\d)/u, kind)); // those who study alone have a self-check in its place
  const exercise = after.find((id) => id !== now && path.includes(id));
  if (exercise && !(await isFinished(host, exercise))) return exercise;
  const open = [];
  for (const id of path) if (id !== now && !(await isFinished(host, id))) open.push(id);
  for (const id of open) if (!(await walkedThrough(host, id))) return id;
  return open[0] ?? null;
}

/** @param {Host} host */
async function walkedThrough(host, id) {
  return (await host.journal.read("seen", id))?.end === true;
}

// Returns where a person resumes: {unit, at, question, title}, null if the path is done. A unit that was begun comes first, in
// the order of the path, whatever was visited last; then the next one. A unit that was only looked at diverts nobody.
/** @param {Host} host */
export async function resumeOf(host, path) {
  const last = await host.journal.read("last");
  const following = await nextOf(host, path);
  const unit = (await begunOf(host, [...path, ...(last ? [last.unit] : [])])) ?? following;
  if (!unit) return null;
  const here = last?.unit === unit && !last.end ? last : null;
  return { unit, at: null, ...(host.course.units[unit] ? await placeIn(host, unit, here) : {}) };
}

/** @param {Host} host */
async function begunOf(host, ids) {
  for (const id of ids) {
    if (!host.course.units[id] || (await isFinished(host, id)) || (await walkedThrough(host, id))) continue;
    if (await isBegun(host, id)) return id;
  }
  return null;
}

// Returns the screen where one stopped, or the next one with an open question; `question` if a screen asks several, or if
// only the last answer is known.
/** @param {Host} host */
async function placeIn(host, id, here) {
  const unit = host.course.units[id];
  if (here?.question) {
    const question = await openAfter(host, here);
    const [, , title] = unit.way?.flatMap(([at, name, numbers]) => numbers.map((n) => [at, nameOf(unit.core[n]), name])).find(([, name]) => question === name) ?? [];
    return { at: here.at, question, ...(title ? { title } : {}) };
  }
  if (!unit.way) return here ? { at: here.at } : {};
  const entries = await host.journal.entries({ unit: id, version: unit.version });
  if (!here && !beginning(host, entries).length) return {};
  const open = new Set(openOf(unit.core, entries));
  const firstOpen = ([, , numbers]) => numbers.find((n) => open.has(unit.core[n]));
  const now = unit.way.find(([at]) => at === here?.at);
  const left = unit.way.filter((screen) => firstOpen(screen) !== undefined);
  const over = !now || (now[2].length > 0 && firstOpen(now) === undefined);
  const screen = over ? (left.find(([at]) => at > (here?.at ?? 0)) ?? left[0] ?? now) : now;
  if (!screen) return { at: here?.at ?? null };
  const n = firstOpen(screen);
  const exact = n !== undefined && (host.kind === "notebook" || n !== screen[2][0]);
  return { at: screen[0], ...(exact ? { question: nameOf(unit.core[n]) } : {}), title: screen[1] };
}

// Returns the name under which variants are asked.
const nameOf = (ids) => ids.split(" ")[0].replace(/-v\d+$/u, "");

// Returns the first open question of a unit after the one answered last, else the first open one.
/** @param {Host} host */
async function openAfter(host, { unit, question }) {
  const page = await host.loaded(unit).catch(() => ({ version: "" }));
  const entries = await host.journal.entries({ unit, version: page.version });
  const names = page.screens ? [...numbered(page).keys()] : [];
  const idsOf = (name) => page.questions?.[name]?.map(({ id }) => id) ?? [name];
  const isOpen = (name) => !idsOf(name).some((id) => isSettled(entries[id]));
  const index = names.findIndex((name) => idsOf(name).includes(question));
  return names.slice(Math.max(index, 0)).find(isOpen) ?? names.find(isOpen) ?? question;
}

// Returns a printable sheet of a path: {unit, title, sheet}, if notebooks have it.
/** @param {Host} host */
export function sheetOf(host, id) {
  return host.course.sheets?.find(({ unit }) => unit === id) ?? null;
}

// Tells whether a deadline has passed. On the instructor's computer attempts/trainee_deadline.py decides, with extra time.
function isLate(until, now) {
  return Date.parse(until) < now;
}

// Returns the units with a deadline that were not packed, earliest first: {unit, until, late}; with a role, only those on its path.
/** @param {Host} host */
export async function dueOf(host, role, now = Date.now()) {
  const open = (await withDeadline(host, role)).filter(({ packed }) => !packed);
  return open.map(({ unit }) => ({ unit, until: unit.until, late: isLate(unit.until, now) }));
}

// Returns hand-ins packed before a deadline still to come and not sent as they now are, {unit, until, changed}: they are not
// marked as sent, or answers changed since they were packed (`changed`), sent or not.
/** @param {Host} host */
export async function toSend(host, role, now = Date.now()) {
  const packed = (await withDeadline(host, role)).filter((step) => step.packed && !isLate(step.unit.until, now));
  const checked = await Promise.all(packed.map(async (step) => ({ ...step, changed: await isOutdated(host, step.unit.id, step.packed) })));
  return checked.filter(({ packed: sent, changed }) => changed || !sentAt(sent)).map(({ unit, changed }) => ({ unit, until: unit.until, changed }));
}

/** @param {Host} host */
async function withDeadline(host, role) {
  const units = Object.values(host.course.units).filter(({ id, until }) => until && (!role || role.path.includes(id)));
  const exams = await Promise.all(units.map(async (unit) => ({ unit, packed: await host.journal.read("submission", unit.id) })));
  return exams.sort((a, b) => Date.parse(a.unit.until) - Date.parse(b.unit.until));
}

// Tells whether all is answered or handed in; a short test: ended in this version; a printable sheet: opened.
/** @param {Host} host */
async function isFinished(host, id) {
  if (sheetOf(host, id)) return (await host.journal.read("sheets")).includes(id);
  if (host.course.tests.some((test) => test.id === id)) return (await host.journal.read("finished", id))?.version === host.course.units[id].version;
  const { total, done } = await standingOf(host, id);
  return (total > 0 && done >= total) || Boolean(await host.journal.read("submission", id));
}
