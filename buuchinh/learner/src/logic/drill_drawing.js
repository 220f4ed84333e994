// Drawing of a picture: one SVG from the drawings of its parts, and the same in words that name no sign.
import { fill } from "../question/dom.js";
import { thingsOf } from "./drill_choice.js";

const WIDTH = 320;
const HEIGHT = 250;
const FRAME = 6;
const LETTERS = "ABCDEF";

/** @type {(picture: Picture, parts: DrillParts) => string} */
export function wordsOf(picture, parts) {
  const sentences = [`${parts.parcels[picture.parcel].alt}, ${parts.wrappings[picture.wrapping].alt}.`];
  thingsOf(picture).forEach((thing, n) => {
    sentences.push(fill(parts.words.place_of, { letter: LETTERS[n], where: parts.words.places[thing.place], what: parts.layers[thing.layer].alt }));
  });
  return sentences.join(" ");
}

// Returns the SVG; ringed: the place that is outlined, null for none.
/** @type {(picture: Picture, parts: DrillParts, ringed?: string | null) => string} */
export function svgOf(picture, parts, ringed = null) {
  const parcel = parts.parcels[picture.parcel];
  const [x, y, width, height] = parcel.front;
  const things = thingsOf(picture);
  const inner = [
    element("rect", { width: WIDTH, height: HEIGHT, fill: "#f3f1ec" }),
    element("rect", { y: 196, width: WIDTH, height: HEIGHT - 196, fill: "#d9d2c5" }),
    element("path", { d: `M0 196h${WIDTH}`, stroke: "#b9b0a0", "stroke-width": 1.5 }),
    group(parts, picture.parcel, { color: parts.wrappings[picture.wrapping].paper }),
    group(parts, picture.wrapping, { transform: `translate(${x} ${y}) scale(${short(width / 100)} ${short(height / 100)})` }),
    ...things.map((thing) => group(parts, thing.layer, { transform: `translate(${parcel.places[thing.place].join(" ")})` })),
    ...things.map((thing) => (ringed === thing.place ? ring(parts, thing, parcel.places[thing.place]) : "")),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">${inner.join("")}</svg>`;
}

/** @type {(parts: DrillParts, thing: Placed, place: [number, number]) => string} */
function ring(parts, thing, place) {
  const [left, top, width, height] = parts.drawings[thing.layer].box;
  const x = Math.max(left + place[0] - FRAME, 3);
  const y = Math.max(top + place[1] - FRAME, 3);
  const right = Math.min(left + place[0] + width + FRAME, WIDTH - 3);
  const bottom = Math.min(top + place[1] + height + FRAME, HEIGHT - 3);
  const box = { x: short(x), y: short(y), width: short(right - x), height: short(bottom - y), rx: "7", fill: "none" };
  return [element("rect", { ...box, stroke: "#ffffff", "stroke-width": 6 }), element("rect", { ...box, stroke: "#0b5cad", "stroke-width": 3 })].join("");
}

/** @type {(parts: DrillParts, part: string, attributes: Named<string | number>) => string} */
function group(parts, part, attributes) {
  return element("g", attributes, parts.drawings[part].inner);
}

/** @type {(tag: string, attributes: Named<string | number>, inner?: string) => string} */
function element(tag, attributes, inner = "") {
  const text = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
  return inner ? `<${tag}${text}>${inner}</${tag}>` : `<${tag}${text} />`;
}

// Formats like Python's "{:g}": at most six digits, no trailing zeros.
/** @type {(value: number) => string} */
function short(value) {
  return String(Number(value.toPrecision(6)));
}
