// Computes drafts of marks: the points and lines that a grader gives one answer. Pure functions, without a page.
// A draft is {lines, typed, comment}: `typed` null adds the points up from the lines, "" gives none.

const SHARES = { full: 1, half: 0.5 };
const SLACK = 1e-6;

/** Return a number as Vietnamese write it: 2.5 is "2,5". */
export function pointsText(points) {
  return String(Math.round(points * 1000) / 1000).replace(".", ",");
}

/** Return the number that was typed ("2,5" or "2.5"), null for nothing, NaN for anything else. */
export function number(typed) {
  const text = typed.replace(/^[ \t\r\n\u00a0]+|[ \t\r\n\u00a0]+$/gu, "");
  if (!text) return null;
  return /^\d{1,3}([.,]\d{1,3})?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}

/** Return what a line becomes by one press: none, full, half, none. */
export function nextTick(tick, half) {
  if (!tick) return "full";
  return tick === "full" && half ? "half" : undefined;
}

/** Return the points of the marked lines. */
export function total(lines, ticks) {
  const sum = lines.reduce((points, line) => points + line.points * (SHARES[ticks[line.id]] ?? 0), 0);
  return Math.round(sum * 1e6) / 1e6;
}

/** Return the points of a draft, or null if it gives none. */
export function points(sheet, draft) {
  if (draft.typed !== null) return number(draft.typed);
  return Object.keys(draft.lines).length ? total(sheet.lines, draft.lines) : null;
}

/** Return whether some choice of the lines adds up to these points; without lines, any points can be given. */
export function canAddUp(lines, value) {
  if (!lines.length) return true;
  let sums = [0];
  for (const line of lines) {
    const shares = line.half ? [0, 0.5, 1] : [0, 1];
    const further = sums.flatMap((sum) => shares.map((share) => sum + line.points * share));
    sums = [...new Set(further.map((sum) => Math.round(sum * 1e6) / 1e6))];
  }
  return sums.some((sum) => equal(sum, value));
}

/** Return whether a person wrote nothing at all. */
export const isBlank = (person) => !person.text.trim() && !person.code;

/** Return the mean of those who wrote something, how many they are and how many wrote nothing; `most` is null if sheets differ. */
export function averaged(people, sheets) {
  const wrote = people.filter((person) => !isBlank(person));
  const known = wrote.map((person) => points(sheets[person.sheet], person.draft) ?? person.automatic).filter((value) => value !== null);
  const most = new Set(wrote.map((person) => sheets[person.sheet].most));
  return {
    mean: known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null,
    count: known.length,
    blank: people.length - wrote.length,
    most: most.size === 1 ? [...most][0] : null,
  };
}

/** Return the draft that a person's stored mark is. */
export function storedDraft(person) {
  const summed = !person.elsewhere && !person.typed && Object.keys(person.lines).length > 0;
  return {
    lines: person.elsewhere ? {} : { ...person.lines },
    typed: summed ? null : person.points === null ? "" : pointsText(person.points),
    comment: person.comment ?? "",
  };
}

/** Return the draft after a press on one line; points then follow the lines. */
export function draftWithTick(sheet, draft, index) {
  const line = sheet.lines[index];
  const lines = { ...draft.lines };
  const now = nextTick(lines[line.id], line.half);
  if (now) lines[line.id] = now;
  else delete lines[line.id];
  return { ...draft, lines, typed: Object.keys(lines).length ? null : "" };
}

/** Return whether two drafts give the same. */
export function same(draft, other) {
  return draft.typed === other.typed && draft.comment === other.comment && sameLines(draft.lines, other.lines);
}

/** Return whether the same lines are marked, in full or by half. */
export function sameLines(lines, others) {
  const names = new Set([...Object.keys(lines), ...Object.keys(others)]);
  return [...names].every((name) => lines[name] === others[name]);
}

/** Return whether two numbers of points are the same; null is none. */
export function equal(a, b) {
  return a === null || b === null ? a === b : Math.abs(a - b) < SLACK;
}

/** Return the index of the next person who waits after `index`, going round, or -1. */
export function nextWaiting(people, index) {
  for (let step = 1; step <= people.length; step += 1) {
    const place = (index + step) % people.length;
    if (people[place].state !== "done") return place;
  }
  return -1;
}

/** Return the comments with one use moved from `before` to `after`, which is then the newest. */
export function commentsAfterUse(comments, before, after) {
  if (before === after) return comments;
  let counts = comments.map(([text, count]) => [text, text === before ? count - 1 : count]).filter(([, count]) => count > 0);
  if (after) {
    const count = counts.find(([text]) => text === after)?.[1] ?? 0;
    counts = [[after, count + 1], ...counts.filter(([text]) => text !== after)];
  }
  return counts;
}

/** Return the minutes that are left, from the seconds that the last people took, or null if too few are known. */
export function minutes(seconds, waiting) {
  if (seconds.length < 3 || !waiting) return null;
  const ordered = [...seconds].sort((a, b) => a - b);
  return Math.max(1, Math.ceil((ordered[Math.floor(ordered.length / 2)] * waiting) / 60));
}

/** Take over what the gradebook has now of a person's mark, after `draft` was stored. */
export function takeStored(person, draft, reply) {
  Object.assign(person, { points: reply.points, lines: { ...draft.lines }, typed: draft.typed !== null, elsewhere: false, seen: null });
  if (person.comment !== null) person.comment = reply.comment;
  person.state = waits(person) ? "waiting" : person.half ? "half" : "done";
}

/** Take over what somebody else has stored, in place of the draft. */
export function takeTheirs(person, theirs) {
  Object.assign(person, { points: theirs.points, lines: theirs.lines ?? {}, typed: theirs.typed, elsewhere: !theirs.lines, seen: null, half: false });
  if (person.comment !== null) person.comment = theirs.comment;
  person.state = waits(person) ? "waiting" : "done";
  person.draft = storedDraft(person);
}

const waits = (person) => person.points === null && person.automatic === null;
