// What a person does now: one thing, the rest stays in reach. And the case of the day, for everybody of a role the same.
import { isGiven, isoNow } from "../logic/answer_entries.js";
import { dueNow } from "./packs.js";
import { dueOf, resumeOf, stepsOf } from "./path.js";
import { standingOf } from "./standing.js";

const DAY = 86400000;
const NEAR = 3; // days before its last moment in which a hand-in comes before all else

// A hand-in that is near its deadline or was begun, else the review that is due, else what was begun or is next on the path:
// {kind: "hand_in" | "review" | "unit" | "done", …}.
export async function nowOf(host, role) {
  for (const due of await dueOf(host, role)) if (await isPressing(host, due)) return { kind: "hand_in", unit: due.unit.id, due };
  const days = host.course.follow ? await dueNow(host) : null;
  if (days !== null) return { kind: "review", days };
  const resume = await resumeOf(host, stepsOf(host, role));
  return resume ? { kind: "unit", ...resume } : { kind: "done" };
}

async function isPressing(host, { unit, until }) {
  return Date.parse(until) - Date.now() < NEAR * DAY || (await standingOf(host, unit.id)).done > 0;
}

// The case of this day: {name, unit, at, title, done}; `other` is the one after it. Null where the course has none.
export async function caseOf(host, role, today = isoNow().slice(0, 10)) {
  const { cases } = host.course;
  const names = role?.cases.length ? role.cases : Object.keys(cases);
  if (!names.length) return null;
  const [name, other] = [0, 1].map((later) => names[(dayNumber(today) + later) % names.length]);
  const { unit, ids } = cases[name];
  const entries = await host.journal.entries({ unit, version: host.course.units[unit].version });
  const done = ids.split(" ").some((id) => isGiven(entries[id]) && String(entries[id].at).slice(0, 10) === today);
  return { name, ...cases[name], done, other: { name: other, ...cases[other] } };
}

const dayNumber = (day) => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY);
