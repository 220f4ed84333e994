import assert from "node:assert/strict";
import { test } from "node:test";
import { isoNow } from "../logic/answer_entries.js";
import { dayAfter } from "../logic/review_packs.js";
import { dueNow, startedOn } from "./packs.js";

const ago = (days) => dayAfter(isoNow().slice(0, 10), -days);

// state: of the schedule; first: when the first answer was given; answered: {unit: [id]}.
function hostWith({ state = null, first = null, answered = {} }) {
  return {
    course: { packs: [2, 7, 21], lessons: [{ id: "l05", version: "1.0.0" }] },
    journal: {
      read: async () => state,
      firstAnswered: async () => first,
      entries: async ({ unit }) => Object.fromEntries((answered[unit] ?? []).map((id) => [id, { answer: "x" }])),
    },
  };
}

test("days are counted from the first answer in a lesson, unless a schedule was begun", async () => {
  assert.equal(await startedOn(hostWith({ first: "2026-11-20T09:00:00+07:00" })), "2026-11-20");
  assert.equal(await startedOn(hostWith({ first: "2026-11-20T09:00:00+07:00", state: { started: "2026-11-22" } })), "2026-11-22");
  assert.equal(await dueNow(hostWith({})), null);
});

test("the first pack whose day has come and that has a question left is due", async () => {
  assert.equal(await dueNow(hostWith({ state: { started: ago(1) } })), null);
  assert.equal(await dueNow(hostWith({ state: { started: ago(2) } })), 2);
  const state = { started: ago(8), packs: { 2: ["a", "b"] } };
  assert.equal(await dueNow(hostWith({ state, answered: { "on-tap-2": ["a"] } })), 2);
  assert.equal(await dueNow(hostWith({ state, answered: { "on-tap-2": ["a", "b"] } })), 7);
});
