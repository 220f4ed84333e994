import assert from "node:assert/strict";
import { test } from "node:test";
import { saver } from "./mark_saving.js";

const REFUSED = { status: 422, json: async () => ({ sentence: "Quá số điểm." }) };
const STORED = { status: 200, json: async () => ({}) };

// Answers the saves one after the other, each when it is let go, and notes what was sent.
function gradebook(answers) {
  const sent = [];
  const pending = [];
  globalThis.document = { cookie: "_xsrf=x" };
  globalThis.fetch = (_address, { body }) =>
    new Promise((answered) => {
      sent.push(JSON.parse(body).typed);
      pending.push(() => answered(answers.shift()));
    });
  const answer = async () => {
    pending.shift()();
    await new Promise(setImmediate);
  };
  return { sent, answer };
}

test("what was corrected while a save was under way is sent, also when that save is refused", async () => {
  const { sent, answer } = gradebook([REFUSED, STORED]);
  const events = [];
  const save = saver("/marks", { refused: () => events.push("refused"), stored: () => events.push("stored") });
  const work = { id: "1", points: null, fingerprint: "x", draft: { typed: "44" } };
  save(work);
  work.draft = { typed: "4" };
  save(work);
  assert.deepEqual(sent, ["44"]); // one save at a time
  await answer();
  await answer();
  assert.deepEqual(sent, ["44", "4"]);
  assert.deepEqual(events, ["refused", "stored"]);
});
