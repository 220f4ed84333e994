// Where the number of each region stands: beside its thing, in the drawing's own coordinates, off other things and numbers.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ x: number, y: number }} Point */

const ON_NUMBER = 100; // a number on another number is read as neither
const ON_ITSELF = 30;
const ON_THING = 3;
const ROW = 4; // so many times as wide as it is high
const FARTHER = 0.01; // the first of equal places is taken: above on the left, as one reads

// `room` is what a number takes around its place.
/** @type {(boxes: Box[], whole: Box, room: number) => Point[]} */
export function placesOf(boxes, whole, room) {
  /** @type {Point[]} */
  const taken = [];
  for (const box of boxes) {
    const offered = around(box, room).map((point) => within(point, whole, room));
    const costs = offered.map((point, n) => n * FARTHER + cost(point, box, boxes, taken, room));
    taken.push(offered[costs.indexOf(Math.min(...costs))]);
  }
  return taken;
}

/** @type {(box: Box, room: number) => Point[]} */
function around({ x, y, width, height }, room) {
  const off = room * 1.05;
  const corner = room * 0.75; // off a corner it is nearer, and still beside
  const [right, bottom] = [x + width, y + height];
  const corners = [
    { x: x - corner, y: y - corner },
    { x: right + corner, y: y - corner },
    { x: x - corner, y: bottom + corner },
    { x: right + corner, y: bottom + corner },
  ];
  const edges = [0.5, 0.2, 0.8].flatMap((share) => [
    { x: x + share * width, y: y - off },
    { x: x - off, y: y + share * height },
    { x: right + off, y: y + share * height },
    { x: x + share * width, y: bottom + off },
  ]);
  return isRow({ x, y, width, height }) ? [edges[1], edges[2], ...corners, ...edges] : [...corners, ...edges];
}

// A row of a paper: its number stands at its end, in line with it, and may lie over that end where the margin is narrow.
/** @type {(box: Box) => boolean} */
function isRow({ width, height }) {
  return width >= ROW * height;
}

/** @type {(point: Point, whole: Box, room: number) => Point} */
function within(point, whole, room) {
  /** @type {(value: number, from: number, length: number) => number} */
  const clamp = (value, from, length) => Math.min(Math.max(value, from + room), from + length - room);
  return { x: clamp(point.x, whole.x, whole.width), y: clamp(point.y, whole.y, whole.height) };
}

/** @type {(point: Point, box: Box, boxes: Box[], taken: Point[], room: number) => number} */
function cost(point, box, boxes, taken, room) {
  const numbers = taken.filter((one) => Math.hypot(one.x - point.x, one.y - point.y) < 2 * room).length;
  const things = boxes.filter((one) => one !== box && covers(one, point, room)).length;
  return ON_NUMBER * numbers + ON_THING * things + (covers(box, point, isRow(box) ? room / 2 : room) ? ON_ITSELF : 0);
}

// Whether a number at this point lies on a box.
/** @type {(box: Box, point: Point, room: number) => boolean} */
export function covers({ x, y, width, height }, point, room) {
  const dx = Math.max(x - point.x, 0, point.x - x - width);
  const dy = Math.max(y - point.y, 0, point.y - y - height);
  return Math.hypot(dx, dy) < room;
}
