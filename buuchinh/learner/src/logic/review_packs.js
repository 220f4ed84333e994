// What sits least comes first: mastery and packs as questions/practice/mastery.py and spacing.py compute them.
import { hex, sha256, utf8 } from "./sha256.js";

const LAST = 5;
const ENOUGH = 4;
const DAY = 86400000;

// attempts: [{objective, question, right, at}], `at` in milliseconds; returns a Map of {last, mastered, share} by objective.
export function masteryOf(attempts) {
  const found = new Map();
  for (const { objective, right } of [...attempts].sort((one, other) => one.at - other.at)) {
    if (!found.has(objective)) found.set(objective, []);
    found.get(objective).push(right);
  }
  return new Map([...found].map(([objective, rights]) => [objective, standingOf(rights.slice(-LAST))]));
}

function standingOf(last) {
  const right = last.filter(Boolean).length;
  return { last, right, share: right / LAST, mastered: right >= ENOUGH ? true : last.length < LAST ? null : false };
}

// offered: [{id, objective, asked, short}] in the order of the lessons; seen: a Set of ids. Returns ids, `size` at most.
export function choosePack(offered, standing, seen, seed, size) {
  const byObjective = new Map();
  for (const one of offered) {
    if (!one.objective || !one.short) continue;
    if (!byObjective.has(one.objective)) byObjective.set(one.objective, new Map());
    const groups = byObjective.get(one.objective);
    groups.set(one.asked, [...(groups.get(one.asked) ?? []), one.id]);
  }
  const rank = (objective) => {
    const { share, last } = standing.get(objective) ?? standingOf([]);
    return [share, last.length, tokenOf(seed, objective)];
  };
  const ordered = sortedBy([...byObjective.keys()], rank);
  const chosen = [];
  for (const known of [false, true]) {
    const queues = ordered.map((objective) => queueOf([...byObjective.get(objective).values()], seen, seed, known));
    while (chosen.length < size && queues.some((queue) => queue.length)) {
      const round = queues.filter((queue) => queue.length).map((queue) => queue.shift());
      chosen.push(...round.slice(0, size - chosen.length));
    }
  }
  return chosen;
}

function queueOf(groups, seen, seed, known) {
  const picked = groups
    .filter((variants) => variants.some((id) => seen.has(id)) === known)
    .map((variants) => sortedBy(variants, (id) => [seen.has(id) ? 1 : 0, tokenOf(seed, id)])[0]);
  return sortedBy(picked, (id) => [tokenOf(seed, id)]);
}

function sortedBy(things, key) {
  const less = (one, other) => {
    for (let n = 0; n < one.length; n += 1) if (one[n] !== other[n]) return one[n] < other[n] ? -1 : 1;
    return 0;
  };
  return things.map((thing) => [key(thing), thing]).sort(([one], [other]) => less(one, other)).map(([, thing]) => thing);
}

function tokenOf(...parts) {
  return hex(sha256(utf8(parts.join("/")))).slice(0, 20);
}

// "2026-11-26" of so many days after "2026-11-25".
export function dayAfter(started, days) {
  return new Date(Date.parse(`${started}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

// The calendar of a schedule: `template` is Python's own, with {stamp}, {day_7} and {uid_7} to be filled in.
export function calendarOf(template, title, started, days) {
  const plain = (day) => day.replace(/-/gu, "");
  return days.reduce(
    (text, count) => text.replace(`{day_${count}}`, plain(dayAfter(started, count))).replace(`{uid_${count}}`, tokenOf(title, started, String(count))),
    template.replace(/\{stamp\}/gu, plain(started)),
  );
}
