import assert from "node:assert/strict";
import { test } from "node:test";
import { nextCode } from "./next_code.js";

const cell = (type, hidden = false) => ({ model: { type, getMetadata: () => (hidden ? { source_hidden: true } : undefined) } });
const CELLS = [cell("markdown"), cell("code"), cell("code", true), cell("markdown"), cell("code"), cell("markdown")];

test("after a cell has run the next one with code that is seen is gone to, past texts and questions", () => {
  assert.equal(nextCode(CELLS, 1), 1);
  assert.equal(nextCode(CELLS, 2), 4);
});

test("behind the last cell with code nothing is gone to", () => {
  assert.equal(nextCode(CELLS, 5), -1);
});
