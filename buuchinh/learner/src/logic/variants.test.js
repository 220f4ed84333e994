import assert from "node:assert/strict";
import { test } from "node:test";
import { isExtra, numbered, questionsOf } from "./variants.js";

const lesson = { kind: "lesson", seed: "s", version: "1.0.0", questions: { q1: [{ id: "q1-v1" }, { id: "q1-v2" }, { id: "q1-v3" }] } };

test("who gives a code later keeps the story that was answered", () => {
  const entry = (answer) => ({ answer, at: "2026-11-25T09:00:00+07:00" });
  for (const { id } of lesson.questions.q1) {
    for (const code of [null, "GL-0123-Q", "GL-0124-N"]) assert.equal(questionsOf(lesson, code, { [id]: entry("x") }).q1.id, id);
  }
  const picked = questionsOf(lesson, "GL-0123-Q", {}).q1.id;
  assert.equal(questionsOf(lesson, "GL-0123-Q", { [picked]: entry("") }).q1.id, picked);
});

test("of what is graded nobody without a code is shown a form where there are several", () => {
  const exam = { kind: "exam", id: "thi1", forms: { a: { q: "a" }, b: { q: "b" } } };
  assert.equal(questionsOf(exam, null, {}), null);
  assert.ok(["a", "b"].includes(questionsOf(exam, "GL-0123-Q", {}).q));
  assert.deepEqual(questionsOf({ ...exam, forms: { a: { q: "a" } } }, null, {}), { q: "a" });
});

test("what is folded in a lesson is counted apart and called so; nothing of a sheet is", () => {
  const screens = [{ parts: [{ ask: "q1" }] }, { extra: true, parts: [{ html: "" }, { ask: "q2" }] }, { parts: [{ ask: "q3" }] }];
  const page = { kind: "lesson", screens };
  assert.deepEqual(
    [...numbered(page)],
    [
      ["q1", 1],
      ["q3", 2],
      ["q2", 1],
    ],
  );
  assert.deepEqual(
    ["q1", "q2", "q3"].map((name) => isExtra(page, name)),
    [false, true, false],
  );
  assert.equal(isExtra({ ...page, kind: "exercise" }, "q2"), false);
});
