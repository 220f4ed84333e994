import assert from "node:assert/strict";
import { test } from "node:test";
import { journalOf } from "./browser_journal.js";

const UNITS = { l05: { version: "1.1.0" }, kt1: { version: "2.0.0" }, bt05: { version: "1.4.1", earlier: { "1.3.0": 4 } } };

// lines: [[version, id, answer]] in the order in which they were saved; state: the other contents of the store.
function journalWith(lines, state = {}) {
  const stored = lines.map(([version, id, answer], n) => ({ version, line: { id, answer, at: `2026-11-25T09:00:0${n}+07:00`, origin: "choice" } }));
  const store = { kept: true, unit: async () => stored, get: async (key) => state[key] };
  return journalOf({ person: "GL-0123-Q", course: { units: UNITS } }, store);
}

const idsOf = async (journal, unit, version) => Object.keys(await journal.entries({ unit, version }));

test("answers of a lesson count whatever its version was", async () => {
  const journal = journalWith([["1.0.0", "q1", "o1"], ["1.1.0", "q2", "o2"]]);
  assert.deepEqual(await idsOf(journal, "l05", "1.1.0"), ["q1", "q2"]);
});

test("what is graded belongs to its version; versions are told with the last begun last", async () => {
  const journal = journalWith([["1.3.0", "a", "x"], ["1.4.1", "a", "y"], ["1.3.0", "b", "y"], ["1.4.0", "a", null]]);
  assert.deepEqual(await idsOf(journal, "bt05", "1.3.0"), ["a", "b"]);
  assert.deepEqual((await journal.versions("bt05")).map(({ version }) => version), ["1.4.1", "1.3.0"]);
});

test("a short test that was ended in an earlier version begins anew, and one that goes on keeps its answers", async () => {
  const lines = [["1.0.0", "a", "x"], ["1.5.0", "b", "y"], ["2.0.0", "c", "z"]];
  const ended = { "finished GL-0123-Q kt1": { version: "1.5.0", earlier: [{ version: "1.0.0" }] } };
  assert.deepEqual(await idsOf(journalWith(lines, ended), "kt1", "2.0.0"), ["c"]);
  assert.deepEqual(await idsOf(journalWith(lines), "kt1", "2.0.0"), ["a", "b", "c"]);
});

test("the first answer is that of the earliest line of any unit", async () => {
  const journal = journalWith([["1.0.0", "q1", "o1"], ["1.1.0", "q2", "o2"]]);
  assert.equal(await journal.firstAnswered([{ unit: "l05", version: "1.1.0" }]), "2026-11-25T09:00:00+07:00");
  assert.equal(await journalWith([]).firstAnswered([{ unit: "l05", version: "1.1.0" }]), null);
});
