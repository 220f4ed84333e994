import assert from "node:assert/strict";
import { test } from "node:test";
import { isoNow } from "../logic/answer_entries.js";
import { caseOf, nowOf } from "./now.js";

const DAY = 86400000;
const ago = (days) => isoNow(new Date(Date.now() - days * DAY));
const lesson = (id) => ({ id, version: "1.0.0", core: ["q1", "q2"], extra: [] });
const sheet = (id, until) => ({ id, version: "1.0.0", total: 2, earlier: {}, until });
const CASES = Object.fromEntries(["l05-q08", "l05-q12", "l05-q14"].map((name, n) => [name, { unit: "l05", at: n + 3, title: name, ids: name }]));
const CLERK = { id: "clerk", path: ["l05", "bt05", "l03"], cases: ["l05-q08", "l05-q12"] };
const BOTH = { ...CLERK, cases: ["l03-q23", ...CLERK.cases] };

// answers: {unit: {id: [answer, at]}}; whole: whether cases were led to an end
function hostWith({ answers = {}, states = {}, until = null, whole = true } = {}) {
  const units = { l05: lesson("l05"), l03: lesson("l03"), bt05: sheet("bt05", until) };
  const entriesOf = (unit) => Object.fromEntries(Object.entries(answers[unit] ?? {}).map(([id, [answer, at]]) => [id, { answer, at }]));
  return {
    course: { units, lessons: [units.l05, units.l03], tests: [], exercises: [units.bt05], roles: [CLERK], cases: { ...CASES, "l03-q23": { unit: "l03", at: 9, title: "l03-q23", ids: "l03-q23" } }, packs: [2, 7], follow: "on-tap" },
    loaded: async () => ({ version: "1.0.0", screens: [], questions: Object.fromEntries(Object.keys(CASES).map((id) => [id, [{ id }]])) }),
    checker: async () => ({ isRight: () => true, isWhole: () => whole }),
    journal: {
      read: async (kind, unit) => states[unit ? `${kind} ${unit}` : kind] ?? null,
      entries: async ({ unit }) => entriesOf(unit),
      versions: async (unit) => (answers[unit] ? [{ version: "1.0.0", entries: entriesOf(unit) }] : []),
      firstAnswered: async () => Object.values(answers).flatMap(Object.values).map(([, at]) => at).sort()[0] ?? null,
    },
  };
}

test("one thing is on: a hand-in that is near or begun, then the review that is due, then what was begun, then what is next", async () => {
  const kindOf = async (answers) => Object.values(await nowOf(hostWith(answers), CLERK)).slice(0, 2);
  const begun = { l03: { q1: ["x", ago(1)] } };
  const old = { l03: { q1: ["x", ago(9)] } };
  assert.deepEqual(await kindOf({}), ["unit", "l05"]);
  assert.deepEqual(await kindOf({ answers: begun }), ["unit", "l03"]);
  assert.deepEqual(await kindOf({ answers: old }), ["review", 2]);
  assert.deepEqual(await kindOf({ answers: old, until: ago(-2) }), ["hand_in", "bt05"]);
  assert.deepEqual(await kindOf({ answers: old, until: ago(-20) }), ["review", 2], "what has weeks yet waits");
  assert.deepEqual(await kindOf({ answers: { ...old, bt05: { b1: ["x", ago(1)] } }, until: ago(-20) }), ["hand_in", "bt05"]);
  assert.deepEqual(await kindOf({ answers: old, until: ago(-2), states: { "submission bt05": { file: "x.zip" } } }), ["review", 2]);
});

test("when all is done there is nothing left but the next meeting", async () => {
  const whole = { q1: ["x", ago(0)], q2: ["x", ago(0)] };
  assert.deepEqual(await nowOf(hostWith({ answers: { l05: whole, l03: whole }, states: { "submission bt05": { file: "x.zip" } } }), CLERK), { kind: "done" });
});

test("the case of the day is one of the role's, for everybody the same, tomorrow the next; without a role all take turns", async () => {
  const named = async (role, day) => (await caseOf(hostWith(), role, day)).name;
  const days = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"];
  const clerks = await Promise.all(days.map((day) => named(CLERK, day)));
  assert.deepEqual([...new Set(clerks)].sort(), CLERK.cases);
  assert.ok(clerks[0] !== clerks[1] && clerks[0] === clerks[2]);
  assert.equal(new Set(await Promise.all(days.slice(1).map((day) => named(null, day)))).size, 3);
  assert.equal(await caseOf({ course: { cases: {} } }, null), null);
});

test("a case that was answered today is done, yesterday's answer is none", async () => {
  const today = isoNow().slice(0, 10);
  const { name, other } = await caseOf(hostWith(), CLERK, today);
  const done = async (at) => (await caseOf(hostWith({ answers: { l05: { [name]: [["a"], at] } } }), CLERK, today)).done;
  assert.deepEqual([await done(ago(0)), await done(ago(1)), other.name !== name], [true, false, true]);
});

test("a case that was left before its end is not done: it goes on", async () => {
  const today = isoNow().slice(0, 10);
  const { name } = await caseOf(hostWith(), CLERK, today);
  const { begun, done } = await caseOf(hostWith({ answers: { l05: { [name]: [["a"], ago(0)] } }, whole: false }), CLERK, today);
  assert.deepEqual([begun, done], [true, false]);
});

test("the case of the day is of a lesson that was begun before today, else of the first on the path; it stays all day", async () => {
  const units = async (answers) => {
    const cases = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => caseOf(hostWith({ answers }), BOTH, isoNow(new Date(Date.now() + n * DAY)).slice(0, 10))));
    return [...new Set(cases.map(({ unit }) => unit))].sort();
  };
  assert.deepEqual(await units({}), ["l05"]);
  assert.deepEqual(await units({ l03: { q1: ["x", ago(1)] } }), ["l03"]);
  assert.deepEqual(await units({ l03: { q1: ["x", ago(1)] }, l05: { q1: ["x", ago(3)] } }), ["l03", "l05"]);
  assert.deepEqual(await units({ l03: { "l03-q23": [["a"], ago(1)] } }), ["l05"], "its case alone begins no lesson");
  const answers = { q1: ["x", ago(2)], "l05-q08": [["a"], ago(1)], "l05-q12": [["a"], ago(2)] };
  assert.deepEqual(await units({ l05: answers }), ["l03"], "when all of them were told the next lesson's comes");
  assert.deepEqual(await units({ l05: answers, l03: { "l03-q23": [["a"], ago(1)] } }), ["l05"], "and when all were, the known ones again");
  assert.equal((await caseOf(hostWith({ answers: { l03: { q1: ["x", ago(0)] } } }), BOTH)).unit, "l05", "what is begun today counts from tomorrow");
  assert.equal((await caseOf(hostWith({ answers: { l03: { q1: ["x", ago(1)] } } }), BOTH)).other, null);
});

test("a case that was opened from the first page leads nobody away from the lesson", async () => {
  const host = hostWith({ answers: { l05: { "l05-q08": [["a"], ago(0)] }, l03: { q1: ["x", ago(0)] } } });
  assert.equal((await nowOf(host, CLERK)).unit, "l03");
});

test("while a review is due the way on in the lessons is known", async () => {
  const { kind, onward } = await nowOf(hostWith({ answers: { l03: { q1: ["x", ago(9)] } } }), CLERK);
  assert.deepEqual([kind, onward.unit], ["review", "l03"]);
});
