import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf, openOf, pageAt, standingOf } from "./sheets.js";

const UNITS = {
  l05: { version: "1.1.0", law: [], core: ["q1", "q2-v1 q2-v2"], extra: ["q3", "q4"] },
  kt1: { version: "2.0.0", total: 10, law: [] },
  bt05: { version: "1.4.1", total: 3, law: [], earlier: { "1.3.0": 4, "1.4.0": 3 } },
};

// lines: [[version, id, answer]] in the order in which they were kept; state: what else the store has.
function appWith(unit, lines, state = {}) {
  const kept = lines.map(([version, id, answer]) => ({ version, line: { id, answer, at: "2026-11-25T09:00:00+07:00", origin: "choice" } }));
  return {
    person: "GL-0123-Q",
    course: { units: UNITS },
    journal: { unit: async (_person, asked) => (asked === unit ? kept : []), get: async (key) => state[key] },
    loaded: async (name) => ({ loaded: name }),
  };
}

test("answers of a lesson count whatever its version was, and a variant stands for its question", async () => {
  const app = appWith("l05", [["1.0.0", "q1", "o1"], ["1.1.0", "q2-v2", "o2"], ["1.1.0", "q3", "x"]]);
  assert.deepEqual(await standingOf(app, "l05"), { version: "1.1.0", total: 2, done: 2, more: 1, left: 1, others: [] });
});

test("an answer that was cleared is open again", async () => {
  const app = appWith("l05", [["1.1.0", "q1", "o1"], ["1.1.0", "q1", null]]);
  assert.equal((await standingOf(app, "l05")).done, 0);
  assert.deepEqual(openOf(["q1", "q2-v1 q2-v2"], { "q2-v1": { answer: "o1" } }), ["q1"]);
});

test("what is graded goes on in the version that was answered last, others are told beside it", async () => {
  const app = appWith("bt05", [["1.4.1", "a", "x"], ["1.3.0", "a", "y"], ["1.3.0", "b", "y"]]);
  assert.deepEqual(await standingOf(app, "bt05"), { version: "1.3.0", total: 4, done: 2, more: 0, left: 0, others: [{ version: "1.4.1", done: 1 }] });
  assert.deepEqual((await linesOf(app, "bt05", "1.4.1")).map(({ answer }) => answer), ["x"]);
});

test("a version whose sheet the pages no longer carry is never gone on in, and never forgotten", async () => {
  const app = appWith("bt05", [["1.4.0", "a", "x"], ["0.9.0", "a", "y"]]);
  const { version, others } = await standingOf(app, "bt05");
  assert.deepEqual([version, others], ["1.4.0", [{ version: "0.9.0", done: 1 }]]);
});

test("who has not begun gets the newest sheet", async () => {
  const { version, total, done } = await standingOf(appWith("bt05", []), "bt05");
  assert.deepEqual([version, total, done], ["1.4.1", 3, 0]);
});

test("a short test that was ended in an earlier version begins anew, and one that goes on keeps its answers", async () => {
  const lines = [["1.0.0", "a", "x"], ["1.5.0", "b", "y"], ["2.0.0", "c", "z"]];
  const ended = { "finished GL-0123-Q kt1": { version: "1.5.0", earlier: [{ version: "1.0.0" }] } };
  assert.deepEqual((await linesOf(appWith("kt1", lines, ended), "kt1", "2.0.0")).map(({ id }) => id), ["c"]);
  assert.deepEqual((await linesOf(appWith("kt1", lines), "kt1", "2.0.0")).map(({ id }) => id), ["a", "b", "c"]);
});

test("an address names a sheet or a version of it; what is no sheet is none", async () => {
  const app = appWith("bt05", [["1.3.0", "a", "x"]]);
  const loaded = (address) => pageAt(app, address).then((page) => page?.loaded ?? null);
  assert.deepEqual(await Promise.all(["bt05", "bt05-1.4.1", "bt05-0.1.0", "bt99", "", "bt05-x"].map(loaded)), ["bt05-1.3.0", "bt05", null, null, null, null]);
});
