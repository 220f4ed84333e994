import assert from "node:assert/strict";
import { test } from "node:test";
import { digits } from "./read_aloud.js";

test("numbers to dial are read digit by digit, other numbers are left alone", () => {
  assert.equal(digits("Gọi 114, rồi 113."), "Gọi một một bốn, rồi một một ba.");
  assert.equal(digits("115: cấp cứu"), "một một năm: cấp cứu");
  assert.equal(digits("1.114 kiện, 11.300 đồng, 1135"), "1.114 kiện, 11.300 đồng, 1135");
});
