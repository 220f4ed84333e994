// How well each objective is mastered, and the packs that follow from it: the weakest comes first.
import { hex, sha256, utf8 } from "./sha256.js";

const LAST = 5;
const ENOUGH = 4;
const DAY = 86400000;

// Returns how well each objective is mastered, by its id.
/** @type {(attempts: Attempt[]) => Map<string, Standing>} */
export function masteryOf(attempts) {
  /** @type {Map<string, boolean[]>} */
  const byObjective = new Map();
  for (const { objective, right } of [...attempts].sort((a, b) => a.at - b.at)) {
    if (!byObjective.has(objective)) byObjective.set(objective, []);
    /** @type {boolean[]} */ (byObjective.get(objective)).push(right);
  }
  return new Map([...byObjective].map(([objective, rights]) => [objective, standingOf(rights.slice(-LAST))]));
}

/** @type {(last: boolean[]) => Standing} */
function standingOf(last) {
  const right = last.filter(Boolean).length;
  return { last, right, share: right / LAST, mastered: right >= ENOUGH ? true : last.length < LAST ? null : false };
}

// Chooses a pack. offered: in the order of the lessons, each with its `turn`: all of the first turn are asked before any of the
// next; seen: ids. Returns ids, `size` at most.
/** @type {(offered: Offered[], standing: Map<string, Standing>, seen: Set<string>, seed: string, size: number) => string[]} */
export function choosePack(offered, standing, seen, seed, size) {
  /** @type {Map<string, Map<string, Offered[]>>} what asks alike, by objective */
  const byObjective = new Map();
  for (const item of offered) {
    if (!item.objective || !item.short) continue;
    if (!byObjective.has(item.objective)) byObjective.set(item.objective, new Map());
    const groups = /** @type {Map<string, Offered[]>} */ (byObjective.get(item.objective));
    groups.set(item.asked, [...(groups.get(item.asked) ?? []), item]);
  }
  /** @type {(objective: string) => (string | number)[]} */
  const rank = (objective) => {
    const { share, last } = standing.get(objective) ?? standingOf([]);
    return [share, last.length, tokenOf(seed, objective)];
  };
  const ordered = sortedBy([...byObjective.keys()], rank);
  /** @type {string[]} */
  const chosen = [];
  for (const turn of [...new Set(offered.map((item) => item.turn))].sort()) {
    const queues = ordered.map((objective) => queueOf([.../** @type {Map<string, Offered[]>} */ (byObjective.get(objective)).values()], seen, seed, turn));
    while (chosen.length < size && queues.some((queue) => queue.length)) {
      const round = queues.filter((queue) => queue.length).map((queue) => /** @type {string} */ (queue.shift()));
      chosen.push(...round.slice(0, size - chosen.length));
    }
  }
  return chosen;
}

/** @type {(groups: Offered[][], seen: Set<string>, seed: string, turn: number) => string[]} */
function queueOf(groups, seen, seed, turn) {
  const picked = groups
    .filter((variants) => Math.min(...variants.map((item) => item.turn)) === turn)
    .map(
      (variants) =>
        sortedBy(
          variants.map(({ id }) => id),
          (id) => [seen.has(id) ? 1 : 0, tokenOf(seed, id)],
        )[0],
    );
  return sortedBy(picked, (id) => [tokenOf(seed, id)]);
}

/**
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => (string | number)[]} key
 * @returns {T[]}
 */
function sortedBy(things, key) {
  /** @type {(a: (string | number)[], b: (string | number)[]) => number} */
  const less = (a, b) => {
    for (let n = 0; n < a.length; n += 1) if (a[n] !== b[n]) return a[n] < b[n] ? -1 : 1;
    return 0;
  };
  return things
    .map((thing) => /** @type {[(string | number)[], T]} */ ([key(thing), thing]))
    .sort(([a], [b]) => less(a, b))
    .map(([, thing]) => thing);
}

/** @type {(...parts: string[]) => string} */
function tokenOf(...parts) {
  return hex(sha256(utf8(parts.join("/")))).slice(0, 20);
}

// Returns the day ("2026-11-26") so many days after "2026-11-25".
/** @type {(started: string, days: number) => string} */
export function dayAfter(started, days) {
  return new Date(Date.parse(`${started}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

// Fills in the calendar of a schedule: `template` is Python's own, with {stamp}, {day_7} and {uid_7}.
/** @type {(template: string, title: string, started: string, days: number[]) => string} */
export function calendarOf(template, title, started, days) {
  /** @type {(day: string) => string} */
  const plain = (day) => day.replace(/-/gu, "");
  return days.reduce(
    (text, count) => text.replace(`{day_${count}}`, plain(dayAfter(started, count))).replace(`{uid_${count}}`, tokenOf(title, started, String(count))),
    template.replace(/\{stamp\}/gu, plain(started)),
  );
}
