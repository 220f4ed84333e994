import assert from "node:assert/strict";
import { test } from "node:test";
import { isTyped } from "./question_part.js";

test("a number that was answered wrong in practice and put right at once is a second try", () => {
  const host = { course: { typed: ["numeric"] } };
  assert.equal(isTyped(host, { type: "numeric" }, "practice"), false);
  assert.equal(isTyped(host, { type: "numeric" }, "exam"), true);
  assert.equal(isTyped(host, { type: "single" }, "exam"), false);
});
