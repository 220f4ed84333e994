import assert from "node:assert/strict";
import { test } from "node:test";
import { registerView } from "../question/registry.js";
import { idsOnHost, wholeOf } from "./answer_map.js";

registerView("by_code", () => ({}), { fromCode: true });
registerView("chosen", () => ({}));

test("a notebook's map has the tasks with code too, a page's has what can be answered there", () => {
  const page = { ids: ["q1", "q2", "q3"] };
  const questions = { q1: { type: "by_code" }, q2: { type: "chosen" }, q3: { type: "by_code" } };
  assert.deepEqual(idsOnHost({ kind: "notebook" }, page, questions), ["q1", "q2", "q3"]);
  assert.deepEqual(idsOnHost({ kind: "page" }, page, questions), ["q2"]);
});

test("a question that is half done does not count as done", () => {
  const questions = { q1: { id: "q1" }, q2: { id: "q2" }, q3: { id: "q3" } };
  const work = { state: ({ id }) => ({ q1: "whole", q2: "partly", q3: "empty" })[id] };
  assert.equal(wholeOf(work, questions, ["q1", "q2", "q3"]), 1);
});
