import assert from "node:assert/strict";
import { test } from "node:test";
import { changedSince, isOutdated } from "./changed.js";

const handed = { at: "2026-11-30T21:03:07+07:00", file: "bt05.zip", receipt: { version: "1.0.0" } };
const entries = {
  q1: { answer: "a", at: "2026-11-30T20:50:00+07:00" },
  q2: { answer: "b", at: "2026-11-30T21:03:07+07:00" },
  q4: { answer: "c", at: "2026-11-30T14:05:00+00:00" },
};

test("what was answered after a hand-in was packed is not in its file, whatever the zone of the clock", () => {
  assert.deepEqual(changedSince(handed, entries), ["q4"]);
  assert.deepEqual(changedSince({ at: "2026-11-30T21:06:00+07:00" }, entries), []);
});

test("a hand-in is compared with the answers of its own version; one of a notebook says itself what changed", async () => {
  const host = { course: { units: { bt05: { version: "1.1.0" } } }, journal: { entries: async ({ version }) => (version === "1.0.0" ? entries : {}) } };
  assert.equal(await isOutdated(host, "bt05", handed), true);
  assert.equal(await isOutdated(host, "bt05", { ...handed, receipt: { version: "1.1.0" } }), false);
  assert.deepEqual([await isOutdated(host, "bt05", { ...handed, later: [] }), await isOutdated(host, "bt05", { ...handed, later: [4] })], [false, true]);
});
