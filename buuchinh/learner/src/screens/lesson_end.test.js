import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "../logic/answer_entries.js";
import { registerScorer, registerView } from "../question/registry.js";
import { scored } from "../question/scored.js";
import { notRight, resultOf } from "./lesson_end.js";

registerView("told", () => ({}));
registerScorer("told", (_question, answer) => (answer.length < 2 ? scored(answer.length / 2, "unfinished") : scored(answer.every(({ choice }) => choice === "a") ? 1 : 0.5)));
const questions = { case: { id: "case", type: "told" } };
const [first, second, bad] = [{ node: "n1", choice: "a" }, { node: "n2", choice: "a" }, { node: "n1", choice: "b" }];
const entriesFor = (...answers) => entriesOf(answers.map((answer) => ({ id: "case", answer, at: "2026-11-25T09:00:00+07:00" })));

test("a case that was decided well step by step is right at the first try", () => {
  const { right, wrong } = resultOf(["case"], questions, entriesFor([first], [first, second]), "2026-11-30");
  assert.deepEqual([right, wrong], [["case"], []]);
});

test("a case that was put right when it was told anew was not", () => {
  const entries = entriesFor([bad], [bad, second], [first], [first, second]);
  assert.deepEqual(resultOf(["case"], questions, entries, "2026-11-30").wrong, ["case"]);
  assert.deepEqual(notRight(["case"], questions, entries, "2026-11-30"), []);
});

test("a case that is not over is not called wrong", () => {
  assert.deepEqual(notRight(["case"], questions, entriesFor([first]), "2026-11-30"), []);
});
