import assert from "node:assert/strict";
import { test } from "node:test";
import { questionsOf } from "./variants.js";

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
