import assert from "node:assert/strict";
import { test } from "node:test";
import { dayDone, openOf, sheetAt, standingOf } from "./standing.js";

const UNITS = {
  l05: { version: "1.1.0", law: [], core: ["q1", "q2-v1 q2-v2"], extra: ["q3", "q4"] },
  bt05: { version: "1.4.1", total: 3, law: [], earlier: { "1.3.0": 4, "1.4.0": 3 } },
};

// answers: {id: answer}, as they count for a unit; versions: [[version, answers]] of what is graded, the last begun last.
function hostWith({ answers = {}, versions = [] }) {
  const entriesOf = (values) => Object.fromEntries(Object.entries(values).map(([id, answer]) => [id, { answer }]));
  return {
    course: { units: UNITS },
    journal: {
      entries: async () => entriesOf(answers),
      versions: async () => versions.map(([version, values]) => ({ version, entries: entriesOf(values) })),
    },
    loaded: async (name) => ({ loaded: name }),
  };
}

test("of a lesson the main part counts, a variant stands for its question, and what is beside it is told apart", async () => {
  const host = hostWith({ answers: { q1: "o1", "q2-v2": "o2", q3: "x" } });
  assert.deepEqual(await standingOf(host, "l05"), { version: "1.1.0", total: 2, done: 2, begun: 2, more: 1, left: 1, others: [] });
});

test("an answer that was cleared is open again", async () => {
  assert.equal((await standingOf(hostWith({ answers: { q1: null } }), "l05")).done, 0);
  assert.deepEqual(openOf(["q1", "q2-v1 q2-v2"], { "q2-v1": { answer: "o1" } }), ["q1"]);
});

test("the main part was finished on the day of the last answer that it needed, and on none before it is whole", () => {
  const entry = (answer, day) => ({ answer, at: `${day}T23:30:00+07:00` });
  const whole = { q1: entry("o1", "2026-11-22"), "q2-v2": entry("o2", "2026-11-25"), q3: entry("x", "2026-11-28") };
  assert.equal(dayDone(UNITS.l05, whole), "2026-11-25", "the extra question of a later day does not count");
  assert.equal(dayDone(UNITS.l05, { q1: whole.q1 }), null);
  assert.equal(dayDone(UNITS.l05, { ...whole, q1: entry(null, "2026-11-26") }), null);
  assert.equal(dayDone(UNITS.bt05, whole), null);
});

test("what is graded goes on in the version that was begun last, others are told beside it", async () => {
  const versions = [
    ["1.4.1", { a: "x" }],
    ["1.3.0", { a: "y", b: "y" }],
  ];
  assert.deepEqual(await standingOf(hostWith({ versions }), "bt05"), { version: "1.3.0", total: 4, done: 2, begun: 2, more: 0, left: 0, others: [{ version: "1.4.1", done: 1 }] });
});

test("of graded work a question answered in part is begun and not done, as on its sheet; without the sheet it counts as answered", async () => {
  const host = hostWith({ versions: [["1.4.1", { a: "x", b: { one: "y" }, c: { one: "y", two: "z" } }]] });
  const forms = { "": { a: { id: "a" }, b: { id: "b" }, c: { id: "c" } } };
  const here = { ...host, person: null, loaded: async () => ({ forms }), checker: async () => ({ isWhole: (_, answer) => typeof answer === "string" || "two" in answer }) };
  const { total, done, begun } = await standingOf(here, "bt05");
  assert.deepEqual({ total, done, begun }, { total: 3, done: 2, begun: 3 });
  assert.equal((await standingOf(host, "bt05")).done, 3);
});

test("a version whose sheet is not here is never gone on in, and never forgotten", async () => {
  const versions = [
    ["1.4.0", { a: "x" }],
    ["0.9.0", { a: "y" }],
  ];
  const { version, others } = await standingOf(hostWith({ versions }), "bt05");
  assert.deepEqual([version, others], ["1.4.0", [{ version: "0.9.0", done: 1 }]]);
});

test("who has not begun gets the newest sheet", async () => {
  const { version, total, done } = await standingOf(hostWith({}), "bt05");
  assert.deepEqual([version, total, done], ["1.4.1", 3, 0]);
});

test("an address names a sheet or a version of it; what is no sheet is none", async () => {
  const host = hostWith({ versions: [["1.3.0", { a: "x" }]] });
  const loaded = (address) => sheetAt(host, address).then((page) => page?.loaded ?? null);
  assert.deepEqual(await Promise.all(["bt05", "bt05-1.4.1", "bt05-0.1.0", "bt99", "", "bt05-x"].map(loaded)), ["bt05-1.3.0", "bt05", null, null, null, null]);
});

test("on pages the case of one's role is the first step of a lesson; who has answered anything is past it, so nothing begun falls back", async () => {
  const cases = { q3: { unit: "l05", role: "clerk" } };
  const countOf = async ({ answers = {}, role = "clerk", opened = false, kind = "page" }) => {
    const host = hostWith({ answers });
    host.journal.read = async (name) => (name === "role" ? role : name === "seen" ? { opened } : null);
    const { done, total } = await standingOf({ ...host, kind, course: { ...host.course, cases } }, "l05");
    return [done, total];
  };
  assert.deepEqual(await countOf({}), [0, 3]);
  assert.deepEqual(await countOf({ opened: true }), [1, 3]);
  assert.deepEqual(await countOf({ answers: { q1: "o1" } }), [2, 3]);
  assert.deepEqual(await countOf({ answers: { q1: "o1", "q2-v1": "o1" } }), [3, 3], "what was finished stays finished");
  assert.deepEqual(await countOf({ role: "head" }), [0, 2]);
  assert.deepEqual(await countOf({ role: null }), [0, 2]);
  assert.deepEqual(await countOf({ kind: "notebook" }), [0, 2], "a notebook has no such step");
});
