import assert from "node:assert/strict";
import { test } from "node:test";
import { choosePack, dayAfter, masteryOf } from "./review_packs.js";

const attempts = (objective, rights) => rights.map((right, at) => ({ objective, question: `${objective}-${at}`, right, at }));
const offer = (id, objective, more = {}) => ({ id, objective, asked: id, short: true, turn: 0, ...more });
const standing = (...results) => masteryOf(results.flatMap(([objective, ...rights]) => attempts(objective, rights)));

test("an objective is mastered by four right of the last five, open while fewer were tried", () => {
  const mastery = standing(
    ["a", false, true, true, true, false, true],
    ["b", true, true, true],
    ["c", true, false, true, false, true],
    ["d", true, true, true, true],
  );
  assert.deepEqual(
    [...mastery].map(([name, { mastered }]) => [name, mastered]),
    [
      ["a", true],
      ["b", null],
      ["c", false],
      ["d", true],
    ],
  );
});

test("attempts count in the order of their time, in whatever order they come", () => {
  const results = attempts("a", [false, false, true, true, true, true]);
  assert.equal(masteryOf(results.toReversed()).get("a").mastered, true);
});

test("what sits least comes first, and what nobody tried before what sits", () => {
  const offered = ["good", "new", "poor", "fair"].map((name) => offer(`${name}-1`, name));
  const known = standing(["good", true, true, true, true], ["fair", true, true], ["poor", true, false]);
  assert.deepEqual(choosePack(offered, known, new Set(), "s", 9), ["new-1", "poor-1", "fair-1", "good-1"]);
});

test("each objective has its turn before one has a second, and never more than the pack holds", () => {
  const offered = ["a1", "a2", "a3", "b1", "b2"].map((id) => offer(id, id[0]));
  const chosen = choosePack(offered, standing(["b", true]), new Set(), "s", 4);
  assert.deepEqual(
    chosen.map((id) => id[0]),
    ["a", "b", "a", "b"],
  );
});

test("what has a later turn comes only after all of an earlier one, whatever its objective", () => {
  const offered = [offer("a1", "a", { turn: 4 }), offer("a2", "a", { turn: 2 }), offer("b1", "b", { turn: 0 })];
  const known = standing(["b", true, true]);
  assert.deepEqual(choosePack(offered, known, new Set(), "s", 2), ["b1", "a2"]);
  assert.deepEqual(choosePack(offered, known, new Set(), "s", 9), ["b1", "a2", "a1"]);
});

test("of the variants of a question one is asked, of those nobody saw where there are some", () => {
  const offered = ["q-v1", "q-v2", "q-v3"].map((id) => offer(id, "a", { asked: "q" }));
  for (const seed of ["s", "t", "u", "v"]) assert.deepEqual(choosePack(offered, masteryOf([]), new Set(["q-v1", "q-v3"]), seed, 5), ["q-v2"]);
});

test("a long question, and one without an objective, is in no pack", () => {
  const offered = [offer("long", "a", { short: false }), offer("none", ""), offer("good", "a")];
  assert.deepEqual(choosePack(offered, masteryOf([]), new Set(), "s", 5), ["good"]);
});

test("days are those of the calendar, over a leap day, a year's end and a change to summer time", () => {
  process.env.TZ = "Europe/London";
  assert.deepEqual([dayAfter("2028-02-27", 2), dayAfter("2026-11-26", 90), dayAfter("2026-03-28", 2)], ["2028-02-29", "2027-02-24", "2026-03-30"]);
});
