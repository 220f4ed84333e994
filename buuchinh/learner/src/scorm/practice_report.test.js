import assert from "node:assert/strict";
import { test } from "node:test";
import { practiceReport } from "./practice_report.js";

const PAGE = /** @type {any} */ ({
  kind: "lesson",
  questions: { q1: [{ id: "q1" }], q2: [{ id: "q2" }], q3: [{ id: "q3", unscored: true }], q4: [{ id: "q4", manual: true }], extra: [{ id: "extra" }] },
  screens: [{ parts: [{ ask: "q1" }, { ask: "q2" }] }, { parts: [{ ask: "q3" }, { ask: "q4" }] }, { extra: true, parts: [{ ask: "extra" }] }],
});
const checker = /** @type {any} */ ({ rightnessOf: (question, answer) => (question.unscored || answer === "begun" ? null : answer === "right") });
const entry = (answer, first = answer) => ({ answer, first, at: "2026-12-01T09:07:00+07:00", tries: 1 });
const report = (entries) => practiceReport(PAGE, entries, checker, "2026-12-01");

test("nobody who has not begun has a score, also with an answer beside the main part alone", () => {
  assert.deepEqual(report({}), { began: false, done: false, share: null });
  assert.equal(report({ extra: entry("right") }).began, false);
});

test("the first answer counts, of all that can be scored", () => {
  assert.deepEqual(report({ q1: entry("right") }), { began: true, done: false, share: 50 });
  assert.equal(report({ q1: entry("right", "wrong"), q2: entry("right") }).share, 50);
  assert.equal(report({ q1: entry("begun"), q2: entry("right") }).share, 50);
});

test("it is done when every question of the main part has an answer, right or wrong", () => {
  const all = { q1: entry("wrong"), q2: entry("wrong"), q3: entry("một câu"), q4: entry("bài viết") };
  assert.deepEqual(report(all), { began: true, done: true, share: 0 });
});
