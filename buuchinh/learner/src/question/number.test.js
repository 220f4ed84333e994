import assert from "node:assert/strict";
import { test } from "node:test";
import { formatNumber, parseNumber } from "./number.js";

test("a number is shown the way it is written here, with six decimals at most", () => {
  assert.deepEqual([1234.5, 1234567, 0.1 + 0.2, -12, 1 / 3].map(formatNumber), ["1.234,5", "1.234.567", "0,3", "-12", "0,333333"]);
});

test("what is shown is read again, but where it could be read in two ways", () => {
  for (const value of [0, 12.5, 1234567, -0.25, 1234.5]) assert.deepEqual(parseNumber(formatNumber(value)), { value });
  assert.deepEqual(parseNumber(formatNumber(1234)), { fault: "ambiguous" });
});

test("a unit is read where the question has it, and no other word", () => {
  assert.deepEqual(parseNumber("12,5 Triệu", ["triệu"]), { value: 12.5 });
  assert.deepEqual(parseNumber("12,5 trieu", ["triệu"]), { fault: "not_a_number" });
  assert.deepEqual(parseNumber("12,5 %"), { fault: "not_a_number" });
});
