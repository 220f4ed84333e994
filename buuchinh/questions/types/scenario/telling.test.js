import assert from "node:assert/strict";
import { test } from "node:test";
import { shortened } from "./telling.js";

test("a text that is too long ends with a whole word", () => {
  assert.equal(shortened("Gọi 114, nói chỗ, vết loang, mùi hắc, rồi gọi trưởng bưu cục.", 34), "Gọi 114, nói chỗ, vết loang…");
  assert.equal(shortened("Kể giờ, lời khách.", 34), "Kể giờ, lời khách.");
});
