import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, readSolutions, withKeys } from "./solutions.js";

const KEY = { correct: "a", feedback: { a: "đúng" }, provisions: ["LBC-2010/7.1"], sources: [] };
const FILE = {
  kind: "buuchinh-loi-giai",
  format: 1,
  unit: "bt05",
  keys: [{ keys: [KEY] }, { parts: { f1: [KEY] } }],
  cited: { "LBC-2010/7.1": { text: "Điều 7" } },
  versions: { "2.0.0": { on: "2026-11-25", forms: { a: { "bt05-q01": 0, "bt05-q02": 1 } } } },
};
const file = (more) => JSON.stringify({ ...FILE, ...more });

test("solutions give a question the keys of its version and form, and a form those of its fields", () => {
  const read = readSolutions(file({}));
  assert.deepEqual(withKeys(read, "2.0.0", "a", { id: "bt05-q01", type: "single" }).keys, [KEY]);
  assert.deepEqual(withKeys(read, "2.0.0", "a", { id: "bt05-q02", fields: [{ id: "f1" }] }).fields, [{ id: "f1", keys: [KEY] }]);
  assert.equal(withKeys(read, "1.0.0", "a", { id: "bt05-q01" }), null);
  assert.equal(withKeys(read, "2.0.0", "b", { id: "bt05-q01" }), null);
  assert.equal(withKeys(read, "2.0.0", "a", { id: "bt05-q09" }), null);
});

test("what is no file of solutions gives nothing", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const wrong = [
    "",
    "{",
    "null",
    "[]",
    "1",
    deep,
    " ".repeat(MOST + 1),
    file({ kind: "x" }),
    file({ format: 2 }),
    file({ unit: "constructor" }),
    file({ unit: "../bt05" }),
    file({ keys: {} }),
    file({ keys: [null] }),
    file({ keys: [{ parts: { f1: 5 } }] }),
    file({ keys: [{ keys: ["x".repeat(30_000)] }] }),
  ];
  for (const text of wrong) assert.equal(readSolutions(text), null, text.slice(0, 60));
});

test("names that every object has, places beyond the keys and odd references are left out", () => {
  const read = readSolutions(
    `{"kind":"buuchinh-loi-giai","format":1,"unit":"bt05","keys":[{"keys":[{"__proto__":{"bad":1},"provisions":["a","<b>"],"sources":5}]}],"cited":{"__proto__":{"text":"x"},"a":{"text":"A","quote":7}},"versions":{"1.0":{"on":"2026-01-01","forms":{"":{"bt05-q01":7,"bt05-q02":0,"toString":0}}},"x":{},"2.0":{"on":"hôm nay","forms":{}}}}`,
  );
  assert.deepEqual(Object.keys(read.versions), ["1.0"]);
  assert.deepEqual(read.versions["1.0"].forms[""], { "bt05-q02": 0 });
  assert.deepEqual(read.cited, { a: { text: "A" } });
  assert.deepEqual(read.keys[0].keys, [{ provisions: ["a"], sources: [] }]);
  assert.equal({}.bad, undefined);
});
