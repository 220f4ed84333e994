import assert from "node:assert/strict";
import { test } from "node:test";
import { averaged, canAddUp, storedDraft, equal, minutes, nextWaiting, number, points, pointsText, nextTick, same, draftWithTick, total, commentsAfterUse } from "./marking_state.js";
import { filled } from "./sentences.js";

const sheet = {
  lines: [
    { id: "viec", points: 1, half: true },
    { id: "gio", points: 0.5, half: false },
  ],
};
const none = { lines: {}, typed: "", comment: "" };

test("a line goes from none to full to half to none, and one without a half back to none", () => {
  assert.equal(nextTick(undefined, true), "full");
  assert.equal(nextTick("full", true), "half");
  assert.equal(nextTick("full", false), undefined);
  assert.equal(nextTick("half", true), undefined);
});

test("points follow the lines, and no line gives no points rather than 0", () => {
  const once = draftWithTick(sheet, none, 0);
  assert.equal(points(sheet, once), 1);
  const twice = draftWithTick(sheet, draftWithTick(sheet, once, 0), 1);
  assert.equal(points(sheet, twice), 1);
  assert.deepEqual(draftWithTick(sheet, draftWithTick(sheet, once, 0), 0), none);
  assert.equal(points(sheet, none), null);
  assert.equal(total(sheet.lines, { viec: "half", other: "full" }), 0.5);
});

test("a comma is a point and nothing else is a number", () => {
  assert.deepEqual(["2,5", "2.5", " 3 ", "", "0"].map(number), [2.5, 2.5, 3, null, 0]);
  for (const wrong of ["-1", "2,5,1", "1e1", "abc", "2,", ",5", "1234"]) assert.ok(Number.isNaN(number(wrong)), wrong);
  assert.equal(pointsText(2.5), "2,5");
  assert.equal(pointsText(0.1 + 0.2), "0,3");
});

test("a draft begins as what is stored, and lines that are old do not count", () => {
  const stored = { points: 1.5, lines: { viec: "full", gio: "full" }, typed: false, elsewhere: false, comment: "Rõ." };
  assert.deepEqual(storedDraft(stored), { lines: stored.lines, typed: null, comment: "Rõ." });
  assert.deepEqual(storedDraft({ ...stored, points: 2, elsewhere: true }), { lines: {}, typed: "2", comment: "Rõ." });
  assert.deepEqual(storedDraft({ ...stored, typed: true, points: 1 }), { lines: stored.lines, typed: "1", comment: "Rõ." });
  assert.deepEqual(storedDraft({ points: null, lines: {}, typed: false, elsewhere: false, comment: null }), none);
});

test("drafts are the same when they give the same", () => {
  assert.ok(same(none, { ...none, lines: {} }));
  assert.ok(!same(none, { ...none, lines: { viec: "full" } }));
  assert.ok(!same({ ...none, typed: null }, none));
  assert.ok(equal(null, null) && !equal(null, 0) && equal(0.3, 0.1 + 0.2));
});

test("the next who waits is found going round, and nobody where all are done", () => {
  const people = ["done", "waiting", "done", "again"].map((state) => ({ state }));
  assert.equal(nextWaiting(people, 1), 3);
  assert.equal(nextWaiting(people, 3), 1);
  assert.equal(nextWaiting(people, -1), 1);
  assert.equal(nextWaiting([{ state: "done" }], 0), -1);
});

test("the comment that was used last stands first", () => {
  assert.deepEqual(commentsAfterUse([["a", 2], ["b", 1]], "b", "a"), [["a", 3]]);
  assert.deepEqual(commentsAfterUse([["a", 2]], "", "c"), [["c", 1], ["a", 2]]);
  assert.deepEqual(commentsAfterUse([["a", 2]], "a", "a"), [["a", 2]]);
  assert.deepEqual(commentsAfterUse([["a", 2]], "a", ""), [["a", 1]]);
});

test("minutes are told once some people's time is known", () => {
  assert.equal(minutes([20, 30], 5), null);
  assert.equal(minutes([20, 30, 600], 5), 3);
  assert.equal(minutes([20, 30, 600], 0), null);
});

test("a sentence takes its values and nothing of them is a pattern", () => {
  assert.equal(filled("{a} và {b}", { a: "$&", b: 2 }), "$& và 2");
});

test("the mean counts those who wrote, and says how many did not", () => {
  const person = (text, typed, more = {}) => ({ sheet: 0, text, code: null, automatic: null, draft: { lines: {}, typed, comment: "" }, ...more });
  const sheets = [{ most: 3, lines: [] }, { most: 2, lines: [] }];
  const people = [person("Báo.", "3"), person("Lùi ra.", "1,5"), person(" ", "0"), person("", "0")];
  assert.deepEqual(averaged(people, sheets), { mean: 2.25, count: 2, blank: 2, most: 3 });
  const code = person("", "", { code: { source: "1" }, automatic: 0.5, sheet: 1 });
  assert.deepEqual(averaged([...people, code], sheets), { mean: 5 / 3, count: 3, blank: 2, most: null });
  assert.deepEqual(averaged(people.slice(2), sheets), { mean: null, count: 0, blank: 2, most: null });
});

test("points that no choice of lines gives are known", () => {
  const lines = [{ points: 1, half: true }, { points: 1, half: true }, { points: 1, half: false }];
  for (const sum of [0, 0.5, 1.5, 3]) assert.ok(canAddUp(lines, sum));
  for (const sum of [1.7, 0.25]) assert.ok(!canAddUp(lines, sum));
  assert.ok(canAddUp([], 1.7));
});
