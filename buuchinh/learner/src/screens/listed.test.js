import assert from "node:assert/strict";
import { test } from "node:test";
import { listed } from "./listed.js";

const WORDS = { listed_one: "câu {number}", listed_and: "và" };
const host = { say: (name, { number } = {}) => WORDS[name].replace("{number}", number) };

test("open questions are named as one says them", () => {
  assert.deepEqual([[9], [9, 14], [1, 2, 3, 14]].map((numbers) => listed(host, numbers)), ["câu 9", "câu 9 và câu 14", "câu 1, 2, 3 và 14"]);
});
