// The one thing to do now; the rest stays within reach. And the case of the day, the same for everybody of a role.
import { isAnswered, isoNow } from "../logic/answer_entries.js";
import { dueNow } from "./packs.js";
import { dueOf, resumeOf, stepsOf } from "./path.js";
import { beginning, standingOf } from "./standing.js";

const DAY = 86400000;
const NEAR = 3; // days before its deadline in which a hand-in comes first

// Returns a hand-in that is near its deadline or was begun, else the review that is due (`onward`: how the lessons go on), else
// the unit that was begun or is next on the path: {kind: "hand_in" | "review" | "unit" | "done", …}.
/** @param {Host} host */
export async function nowOf(host, role) {
  for (const due of await dueOf(host, role)) if (await isPressing(host, due)) return { kind: "hand_in", unit: due.unit.id, due };
  const days = host.course.follow ? await dueNow(host) : null;
  const resume = await resumeOf(host, stepsOf(host, role));
  if (days !== null) return { kind: "review", days, onward: resume };
  return resume ? { kind: "unit", ...resume } : { kind: "done" };
}

/** @param {Host} host */
async function isPressing(host, { unit, until }) {
  return Date.parse(until) - Date.now() < NEAR * DAY || (await standingOf(host, unit.id)).begun > 0;
}

// Returns the case of this day: {name, unit, at, title, begun, done}; `other` is the one after it, null if there is no other.
// Null if the course has none.
/** @param {Host} host */
export async function caseOf(host, role, today = isoNow().slice(0, 10)) {
  const { cases } = host.course;
  const names = await offeredOn(host, role, today);
  if (!names.length) return null;
  const [name, other] = [0, 1].map((later) => names[(dayNumber(today) + later) % names.length]);
  const { unit, ids } = cases[name];
  const entries = await host.journal.entries({ unit, version: host.course.units[unit].version });
  const id = ids.split(" ").find((id) => isAnswered(entries[id]) && dayOf(entries[id]) === today);
  const done = id !== undefined && (await isWhole(host, unit, id, entries[id].answer));
  return { name, ...cases[name], begun: id !== undefined, done, other: other === name ? null : { name: other, ...cases[other] } };
}

// Returns the cases of a role that take turns on a day: new ones of the lessons begun before that day, else of the first lesson
// on the path that has new ones, else the same again. Cases done today change nothing until tomorrow.
/** @param {Host} host */
async function offeredOn(host, role, today) {
  const { cases, units } = host.course;
  const names = role?.cases.length ? role.cases : Object.keys(cases);
  if (!names.length) return [];
  const begun = new Set();
  const known = new Set();
  for (const unit of new Set(names.map((name) => cases[name].unit))) {
    const entries = await host.journal.entries({ unit, version: units[unit].version });
    const isEarlier = (entry) => isAnswered(entry) && dayOf(entry) < today;
    if (beginning(host, entries).some(isEarlier)) begun.add(unit);
    for (const name of names) if (cases[name].ids.split(" ").some((id) => isEarlier(entries[id]))) known.add(name);
  }
  const fresh = names.filter((name) => !known.has(name));
  const ahead = stepsOf(host, role).find((id) => fresh.some((name) => cases[name].unit === id));
  const turns = [fresh.filter((name) => begun.has(cases[name].unit)), fresh.filter((name) => cases[name].unit === ahead), names.filter((name) => begun.has(cases[name].unit))];
  return turns.find((turn) => turn.length) ?? names;
}

// Tells whether a case was led to an end; if its page cannot be loaded, an answer is enough.
/** @param {Host} host */
async function isWhole(host, unit, id, answer) {
  try {
    const [page, checker] = await Promise.all([host.loaded(unit), host.checker()]);
    const question = Object.values(page.questions).flat().find((item) => item.id === id);
    return !question || checker.isWhole(question, answer);
  } catch {
    return true;
  }
}

const dayOf = ({ at }) => String(at).slice(0, 10);

const dayNumber = (day) => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY);
