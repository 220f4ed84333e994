import assert from "node:assert/strict";
import { test } from "node:test";
import { covers, placesOf } from "./places.js";

const WHOLE = { x: 0, y: 0, width: 900, height: 600 };
const ROOM = 30;

test("a number stands beside its thing, off other things and numbers, and within the drawing", () => {
  const boxes = [
    { x: 100, y: 100, width: 120, height: 100 },
    { x: 225, y: 100, width: 120, height: 100 },
    { x: 100, y: 300, width: 600, height: 30 },
    { x: 120, y: 120, width: 30, height: 30 }, // a thing on the first one
  ];
  const places = placesOf(boxes, WHOLE, ROOM);
  places.forEach((place, n) => {
    assert.ok(!covers(boxes[n], place, ROOM - 1), `${n} lies on its thing`);
    assert.ok(place.x >= ROOM && place.x <= 900 - ROOM && place.y >= ROOM && place.y <= 600 - ROOM, `${n} is cut`);
    for (const other of places.slice(n + 1)) assert.ok(Math.hypot(place.x - other.x, place.y - other.y) >= 2 * ROOM, `${n} lies on a number`);
  });
  for (const n of [0, 1, 2]) assert.equal(boxes.filter((box) => covers(box, places[n], ROOM - 1)).length, 0, `${n} lies on a thing`);
});

test("a thing as large as the drawing has its number on it, whole", () => {
  const [{ x, y }] = placesOf([WHOLE], WHOLE, ROOM);
  assert.ok(x >= ROOM && x <= 870 && y >= ROOM && y <= 570);
});

test("a number stands on no words of the drawing; where a large thing leaves no room beside it, in a corner of it", () => {
  const boxes = [100, 310, 520].map((x) => ({ x, y: 70, width: 200, height: 250 })); // side by side, closer than a number is wide
  const title = { x: 200, y: 20, width: 420, height: 40 };
  const [, { x, y }] = placesOf(boxes, WHOLE, ROOM, [title, { x: 100, y: 330, width: 620, height: 40 }]);
  assert.ok(!covers(title, { x, y }, ROOM), "the words above can be read");
  assert.ok(x >= 340 && x <= 480 && y >= 100 && y <= 290, "it is on its own thing, whole");
});

test("the numbers of a paper's rows stand in line with them, also where the margin is narrow", () => {
  const rows = [0, 1, 2, 3].map((n) => ({ x: 54, y: 150 + 90 * n, width: 790, height: 75 }));
  const places = placesOf(rows, WHOLE, ROOM);
  assert.deepEqual(places.map(({ y }) => y), rows.map(({ y, height }) => y + height / 2));
  assert.deepEqual([...new Set(places.map(({ x }) => x))], [ROOM]);
});
