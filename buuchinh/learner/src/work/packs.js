// The packs of the follow-up: where each is saved, the day from which they are counted, which is due.
import { isAnswered, isoNow } from "../logic/answer_entries.js";
import { FOLLOW_UP } from "../routes.js";

const PACK = "1.0.0"; // the version under which packs are saved, in notebooks too
const ONE_DAY = 86400000;

export function recordOf(days) {
  return { id: `${FOLLOW_UP}-${days}`, version: PACK };
}

/** @param {Host} host */
export function answersOf(host, { id, version }) {
  return host.journal.entries({ unit: id, version });
}

// Returns the day from which packs are counted: that of the first answer in a lesson, unless another was saved. Null before it.
/** @param {Host} host */
export async function startedOn(host) {
  const started = (await host.journal.read("follow_up"))?.started;
  if (started) return started;
  return (await host.journal.firstAnswered(host.course.lessons.map(({ id, version }) => ({ unit: id, version }))))?.slice(0, 10);
}

// Returns the first pack whose day has come and that has open questions, null if there is none.
/** @param {Host} host */
export async function dueNow(host) {
  const started = await startedOn(host);
  if (!started) return null;
  const packs = (await host.journal.read("follow_up"))?.packs ?? {};
  const today = Date.parse(`${isoNow().slice(0, 10)}T00:00:00Z`);
  for (const days of host.course.packs) {
    if (Date.parse(`${started}T00:00:00Z`) + days * ONE_DAY > today) return null;
    const entries = await answersOf(host, recordOf(days));
    const left = packs[days] ? packs[days].filter((id) => !isAnswered(entries[id])).length : 1;
    if (left) return days;
  }
  return null;
}

// Returns the day of the first pack that has not come yet ("2026-12-01"), null if all have come or nothing was begun.
/** @param {Host} host */
export async function nextPack(host) {
  const started = host.course.follow ? await startedOn(host) : null;
  if (!started) return null;
  const today = isoNow().slice(0, 10);
  return host.course.packs.map((days) => new Date(Date.parse(`${started}T00:00:00Z`) + days * ONE_DAY).toISOString().slice(0, 10)).find((day) => day > today) ?? null;
}
