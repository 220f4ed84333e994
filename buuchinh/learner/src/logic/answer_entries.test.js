import assert from "node:assert/strict";
import { after, test } from "node:test";
import { earliestOf, entriesOf, foldLine, hourOf, isAnswered, isSettled, isoNow, markPassed } from "./answer_entries.js";

const zone = process.env.TZ;
after(() => {
  process.env.TZ = zone ?? "";
});

test("a time is written with the offset of its place, also where that is no whole hour or behind UTC", () => {
  const now = new Date("2026-11-25T02:03:04.999Z");
  const written = ["Asia/Ho_Chi_Minh", "Asia/Kathmandu", "America/St_Johns", "UTC"].map((name) => {
    process.env.TZ = name;
    return isoNow(now);
  });
  assert.deepEqual(written, ["2026-11-25T09:03:04+07:00", "2026-11-25T07:48:04+05:45", "2026-11-24T22:33:04-03:30", "2026-11-25T02:03:04+00:00"]);
});

test("an hour is told as it was where the answer was written, wherever it is read", () => {
  process.env.TZ = "America/St_Johns";
  assert.equal(hourOf("2026-11-26T18:50:07+07:00"), "18:50:07 26-11-2026");
});

test("folding leaves the lines as they were kept", () => {
  const lines = ["x", "y"].map((answer) => Object.freeze({ id: "q", answer, at: "2026-11-25T09:00:00+07:00", origin: "choice" }));
  assert.deepEqual(entriesOf(lines), { q: { answer: "y", at: "2026-11-25T09:00:00+07:00", origin: "choice", tries: 2, first: "x" } });
});

test("a question that was passed by is done with, has no answer, and its answer later is the first one", () => {
  const line = { id: "a", answer: "x", at: "2026-11-25T09:00:00+07:00", origin: "choice" };
  const entries = markPassed(entriesOf([line]), ["a", "q"]);
  assert.deepEqual([isAnswered(entries.q), isSettled(entries.q), entries.a.answer], [false, true, "x"]);
  foldLine(entries, { ...line, id: "q", answer: "y" });
  assert.deepEqual(entries.q, { answer: "y", at: line.at, origin: "choice", tries: 1, first: "y" });
});

test("a question without an entry has no answer", () => {
  assert.equal(isAnswered(undefined), false);
  assert.equal(isAnswered({ answer: "o1" }), true);
});

test("the first of what was written is told over time zones, and a line without a moment is passed over", () => {
  const at = (...moments) => earliestOf(moments.map((moment) => ({ at: moment })));
  assert.equal(at("2026-11-25T10:00:00+07:00", "2026-11-25T04:00:00+00:00", "2026-11-25T09:59:00+07:00"), "2026-11-25T09:59:00+07:00");
  assert.equal(at(undefined, "hôm qua", 7, null, "2026-11-25T10:00:00+07:00"), "2026-11-25T10:00:00+07:00");
  assert.equal(at(7, ""), null);
});

const lineOf = (answer, fields = {}) => ({ id: "q", answer, at: "2026-11-25T09:00:00+07:00", origin: "choice", ...fields });

test("the steps of a case are one try as long as they go on; who starts the case anew tries again", () => {
  const [first, second, third] = [
    { node: "n1", choice: "a" },
    { node: "n2", choice: "b" },
    { node: "n1", choice: "c" },
  ];
  const answers = [[first], [first, second]];
  const { q } = entriesOf(answers.map((answer) => lineOf(answer)));
  assert.deepEqual([q.tries, q.first], [1, [first, second]]);
  const anew = entriesOf([...answers, [third], [third, second]].map((answer) => lineOf(answer))).q;
  assert.deepEqual([anew.tries, anew.first, anew.answer], [2, [first, second], [third, second]]);
});

test("of several choices more are no longer the same try", () => {
  assert.equal(entriesOf([["a"], ["a", "b"]].map((answer) => lineOf(answer))).q.tries, 2);
});
