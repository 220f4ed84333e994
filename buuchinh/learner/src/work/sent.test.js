import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetSent, handedWords, isLongAgo, mayAsk, sentAt, sentWords, tellSent } from "./sent.js";

const host = { say: (name) => name };
const handed = { at: "2026-11-29T11:24:31+07:00", file: "bt05_HV-0001-W_20261129-112431.zip" };

test("a hand-in is to be sent until its person says that it was, where the browser keeps nothing too", () => {
  assert.equal(handedWords(host, handed), "handed_in_at");
  tellSent(handed.file, true);
  assert.equal(handedWords(host, handed), "sent_at");
  assert.equal(handedWords(host, handed, true), "changed_at");
  tellSent(handed.file, false);
  assert.equal(sentAt(handed), null);
  tellSent(handed.file, true);
  forgetSent();
  assert.equal(sentAt(handed), null);
});

test("what a hub's exchange took was delivered whatever a browser remembers, and feedback ends the asking", () => {
  const delivered = { ...handed, delivered: "2026-11-29T11:24:33+07:00" };
  assert.equal(sentAt(delivered), delivered.delivered);
  tellSent(delivered.file, false);
  assert.equal(sentAt(delivered), delivered.delivered);
  assert.deepEqual([sentWords(host, delivered), sentWords(host, handed)], ["delivered_at", "sent_not"]);
  const old = { ...delivered, delivered: "2020-01-01T00:00:00+07:00" };
  assert.deepEqual([mayAsk(old), mayAsk({ ...old, feedback: "x.html" })], [true, false]);
});

test("after three days one may ask for the answer", () => {
  const day = 86400000;
  assert.deepEqual([2, 4].map((days) => isLongAgo(handed.at, Date.parse(handed.at) + days * day)), [false, true]);
});
