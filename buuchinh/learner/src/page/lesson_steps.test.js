import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, lessonSteps, stepAt } from "./lesson_steps.js";

const text = (html) => ({ html });
const PAGE = {
  address: "l05",
  questions: { q1: [{ id: "q1", type: "single" }], q2: [{ id: "q2-v1", type: "single" }, { id: "q2-v2", type: "single" }], case: [{ id: "case", type: "scenario" }], own: [{ id: "own", type: "survey" }] },
  screens: [
    { title: "Mở đầu", parts: [text("a")] },
    { title: "Hai câu", parts: [text("b"), { ask: "q1" }, text("c"), { ask: "q2" }, text("d")] },
    { title: "Ca", extra: true, parts: [text("e"), { ask: "case" }] },
    { title: "Nhớ", parts: [text("f"), { ask: "own" }] },
    { title: "Hết", parts: [{ ending: "" }] },
  ],
};

const summary = (steps) => steps.map(({ kind, screen, part }) => `${kind} ${screen}.${part}`);

test("a screen that asks several questions is a step for each, with the text before it", () => {
  const { way, beside } = lessonSteps(PAGE);
  assert.deepEqual(summary(way), ["read 1.1", "ask 2.1", "ask 2.2", "read 2.3", "ask 4.1", "end 5.1"]);
  assert.deepEqual(way[2].parts, [text("c"), { ask: "q2" }]);
  assert.deepEqual(summary(beside), ["ask 3.1"]);
});

test("the case of one's role opens the way and closes it before the last words", () => {
  const { way, beside } = lessonSteps(PAGE, "case");
  assert.deepEqual(summary(way), ["open 1.1", "read 1.2", "ask 2.1", "ask 2.2", "read 2.3", "case 3.1", "ask 4.1", "end 5.1"]);
  assert.deepEqual(beside, []);
});

test("each screen of the old counting still leads to a place of that screen, whoever comes", () => {
  for (const own of [null, "case"]) {
    const { way, beside } = lessonSteps(PAGE, own);
    const all = [...way, ...beside];
    PAGE.screens.forEach((_screen, n) => assert.equal(stepAt(PAGE, all, n + 1).screen, n + 1));
    for (const step of all) {
      const [, , at, question] = addressOf(PAGE, step).split("/");
      assert.equal(stepAt(PAGE, all, Number(at), question), step);
    }
  }
});

test("a question is found by its id, by that of a variant, and on whatever screen it stands today", () => {
  const { way, beside } = lessonSteps(PAGE, "case");
  const all = [...way, ...beside];
  assert.equal(stepAt(PAGE, all, 2, "q2-v2").ask, "q2");
  assert.equal(stepAt(PAGE, all, 2, "q2").ask, "q2");
  assert.equal(stepAt(PAGE, all, 9, "q1").ask, "q1");
  assert.equal(stepAt(PAGE, all, 1, "case").kind, "case");
});
