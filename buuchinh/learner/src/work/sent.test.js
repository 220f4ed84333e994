import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetSent, handedWords, isLongAgo, sentAt, tellSent } from "./sent.js";

const host = { say: (name) => name };
const handed = { at: "2026-11-29T11:24:31+07:00", file: "bt05_HV-0001-W_20261129-112431.zip" };

test("a hand-in is to be sent until its person says that it was, where the browser keeps nothing too", () => {
  assert.equal(handedWords(host, handed), "handed_in_at");
  tellSent(handed.file, true);
  assert.equal(handedWords(host, handed), "sent_at");
  assert.equal(handedWords(host, handed, true), "changed_at");
  tellSent(handed.file, false);
  assert.equal(sentAt(handed.file), null);
  tellSent(handed.file, true);
  forgetSent();
  assert.equal(sentAt(handed.file), null);
});

test("after three days one may ask for the answer", () => {
  const day = 86400000;
  assert.deepEqual([2, 4].map((days) => isLongAgo(handed.at, Date.parse(handed.at) + days * day)), [false, true]);
});
