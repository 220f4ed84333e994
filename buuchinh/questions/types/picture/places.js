// Places of the regions' numbers: each beside its thing, in the drawing's own coordinates, off other things and numbers.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ x: number, y: number }} Point */

const ON_NUMBER = 100; // two numbers on each other cannot be read
const ON_ITSELF = 30;
const ON_THING = 3; // or on words of the drawing
const LARGE = 6; // times the room that a number takes around its place
const ROW = 4; // so many times as wide as it is high
const FARTHER = 0.01; // the first of equal places is taken: above on the left, as one reads

// Returns the places; `room` is the space a number takes around its place, `words` are the boxes of texts in the drawing.
/** @type {(boxes: Box[], whole: Box, room: number, words?: Box[]) => Point[]} */
export function placesOf(boxes, whole, room, words = []) {
  /** @type {Point[]} */
  const taken = [];
  for (const box of boxes) {
    const offered = around(box, room).map((point) => within(point, whole, room));
    const costs = offered.map((point, n) => n * FARTHER + cost(point, box, [...boxes, ...words], taken, room));
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
  if (isRow({ x, y, width, height })) return [edges[1], edges[2], ...corners, ...edges];
  const inner = width > LARGE * room && height > LARGE * room ? [{ x: x + room, y: y + room }, { x: right - room, y: y + room }] : []; // of a large thing a corner is free
  return [...corners, ...edges, ...inner];
}

// Tells whether a box is a row of a paper: its number is at its end, in line with it, and may cover that end if the margin is
// narrow.
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

/** @type {(point: Point, box: Box, others: Box[], taken: Point[], room: number) => number} */
function cost(point, box, others, taken, room) {
  const numbers = taken.filter((place) => Math.hypot(place.x - point.x, place.y - point.y) < 2 * room).length;
  const things = others.filter((other) => other !== box && covers(other, point, room)).length;
  return ON_NUMBER * numbers + ON_THING * things + onItself(point, box, room);
}

// Returns the cost of a number on its own thing: it hides much of a small thing, little of a large one.
/** @type {(point: Point, box: Box, room: number) => number} */
function onItself(point, box, room) {
  if (isRow(box)) return covers(box, point, room / 2) ? ON_ITSELF : 0;
  return covers(box, point, room) ? ON_ITSELF * Math.min(1, (2 * room) ** 2 / (box.width * box.height)) : 0;
}

// Tells whether a number at this point lies on a box.
/** @type {(box: Box, point: Point, room: number) => boolean} */
export function covers({ x, y, width, height }, point, room) {
  const dx = Math.max(x - point.x, 0, point.x - x - width);
  const dy = Math.max(y - point.y, 0, point.y - y - height);
  return Math.hypot(dx, dy) < room;
}
