// A drawing, and over it a layer with the same view box: the regions to choose from are outlined there, each with its number
// beside it.
import { h } from "../../../learner/src/question/dom.js";
import { placesOf } from "./places.js";

/** @import { Box } from "./places.js" */
/** @typedef {{ size: number, spot: SVGElement, sign: SVGElement }} Spot */

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 0.028; // of the drawing's width: the radius of a number
const GROWN = 1.25; // on a phone it is larger (STYLE), and its place has room for that
const EDGE = 0.006;

// Draws in a shadow tree of its own, so that gradient ids of two drawings on one page do not collide.
/**
 * @param {{ svg: string, alt: string, options: Choice[] }} question
 * @param {(id: string) => void} toggle
 */
export function draw(question, toggle) {
  const element = h("div", { class: "bc-picture", role: "img", "aria-label": question.alt });
  const svg = drawingOf(question.svg);
  const shapes = question.options.flatMap(({ id }) => {
    const shape = /** @type {SVGGraphicsElement | null} */ (svg.querySelector(`[data-region="${id}"], [id="${id}"]`));
    return shape ? [{ id, shape }] : [];
  });
  const { x, y, width, height } = svg.viewBox.baseVal;
  const boxes = boxesOf(svg, shapes.map((item) => item.shape), EDGE * width);
  const words = boxesOf(svg, [...svg.querySelectorAll("text")], 0);
  const places = placesOf(boxes, { x, y, width, height }, SIZE * GROWN * width, words);
  const layer = make("svg", { class: "layer", viewBox: svg.getAttribute("viewBox") ?? "", "aria-hidden": "true" });
  const alignment = svg.getAttribute("preserveAspectRatio");
  if (alignment) layer.setAttribute("preserveAspectRatio", alignment);
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  shapes.forEach(({ id, shape }, n) => {
    shape.setAttribute("data-region", id);
    const size = SIZE * width;
    const frame = { ...boxes[n], rx: size / 3 };
    const { x: left, y: top } = places[n];
    const sign = make("text", { x: left, y: top });
    const number = make("g", { class: "number", "data-number": id }, make("circle", { cx: left, cy: top, r: size }), sign);
    const spot = make("g", { class: "spot" }, make("rect", { ...frame, class: "halo" }), make("rect", { ...frame, class: "frame" }), number);
    for (const pressed of [shape, number]) pressed.addEventListener("click", () => toggle(id));
    layer.append(spot);
    spots.set(id, { size, spot, sign });
  });
  for (const { spot } of spots.values()) layer.append(/** @type {Node} */ (spot.lastChild)); // numbers lie over all frames
  element.attachShadow({ mode: "open" }).append(h("style", {}, STYLE), svg, layer);

  // Shows the state of a region: "", "pointed", "chosen", "right", "wrong".
  /** @type {(id: string, number: number, state: string) => void} */
  function show(id, number, state) {
    const spot = spots.get(id);
    if (!spot) return;
    spot.spot.setAttribute("class", `spot ${state}`.trim());
    spot.sign.parentElement?.setAttribute("class", `number ${state}`.trim());
    const verdict = { right: "✓", wrong: "✗" }[state] ?? "";
    spot.sign.textContent = `${number}${verdict}`;
    spot.sign.setAttribute("font-size", String(spot.size * (verdict ? 1 : 1.2)));
  }

  return { element, show };
}

/** @type {(text: string) => SVGSVGElement} */
function drawingOf(text) {
  const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const svg = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.importNode(drawn, true)));
  svg.setAttribute("width", "100%");
  svg.removeAttribute("height");
  for (const name of ["role", "aria-label", "aria-labelledby", "aria-describedby"]) svg.removeAttribute(name);
  svg.setAttribute("aria-hidden", "true"); // the element around it has the words
  return svg;
}

// Returns the boxes of shapes in the drawing's own coordinates, measured once, before the page shows it: the page's size, zoom
// and scroll have no effect. A browser measures only what it lays out, so it does that unseen.
/** @type {(svg: SVGSVGElement, shapes: SVGGraphicsElement[], edge: number) => Box[]} */
function boxesOf(svg, shapes, edge) {
  const unseen = h("div");
  unseen.style.cssText = "position: absolute; inset: 0 auto auto 0; overflow: hidden; visibility: hidden";
  unseen.style.width = `${svg.viewBox.baseVal.width}px`; // at the size it was drawn for: a browser rounds the text of a small one
  unseen.append(svg);
  document.body.append(unseen);
  const boxes = shapes.map((shape) => boxIn(svg, shape, edge));
  unseen.remove();
  return boxes;
}

// Returns a box by the transforms in the drawing itself, and by no matrix of the screen: browsers differ in those.
/** @type {(svg: SVGSVGElement, shape: SVGGraphicsElement, edge: number) => Box} */
function boxIn(svg, shape, edge) {
  const { x, y, width, height } = shape.getBBox();
  let corners = [new DOMPoint(x, y), new DOMPoint(x + width, y), new DOMPoint(x, y + height), new DOMPoint(x + width, y + height)];
  for (let element = /** @type {Element | null} */ (shape); element && element !== svg; element = element.parentElement) {
    const moved = /** @type {SVGGraphicsElement} */ (element).transform?.baseVal.consolidate()?.matrix;
    if (!moved) continue;
    const { a, b, c, d, e, f } = moved;
    corners = corners.map((point) => new DOMPoint(a * point.x + c * point.y + e, b * point.x + d * point.y + f));
  }
  const [left, top] = [Math.min(...corners.map((corner) => corner.x)), Math.min(...corners.map((corner) => corner.y))];
  const [right, bottom] = [Math.max(...corners.map((corner) => corner.x)), Math.max(...corners.map((corner) => corner.y))];
  return { x: left - edge, y: top - edge, width: right - left + 2 * edge, height: bottom - top + 2 * edge };
}

/** @type {(tag: string, attributes: Named<string | number>, ...children: SVGElement[]) => SVGElement} */
function make(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

// A light card even in dark mode: each line has a seam of the opposite lightness, so that it is visible on any drawing.
const STYLE = `
:host { display: block; position: relative; overflow: hidden; }
svg { display: block; height: auto; max-height: min(46rem, 92vh); }
.layer { position: absolute; inset: 0; width: 100%; height: 100%; max-height: none; pointer-events: none; }
[data-region], .number { cursor: pointer; }
.number { pointer-events: auto; }
.spot rect { fill: none; vector-effect: non-scaling-stroke; }
.halo { stroke: var(--sheet); stroke-width: 3; opacity: .6; }
.frame { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 2 4; }
.number circle { fill: var(--sheet); stroke: var(--soft); stroke-width: 2; vector-effect: non-scaling-stroke; }
.number text { fill: var(--ink); font-family: var(--font, sans-serif); font-weight: 700; text-anchor: middle; dominant-baseline: central; }
.spot:is(.chosen, .pointed, .right, .wrong) .halo { stroke-width: 7; opacity: 1; }
.spot:is(.chosen, .pointed, .right, .wrong) .frame { stroke: var(--blue); stroke-width: 3; stroke-dasharray: none; }
.spot.pointed .frame { stroke-dasharray: 7 5; }
.spot.right .frame { stroke: var(--green); }
.spot.wrong .frame { stroke: var(--open-edge); }
.number:is(.chosen, .pointed) circle { stroke: var(--blue); }
.number.chosen circle { fill: var(--blue); }
.number.chosen text { fill: var(--on-blue); }
.number.right circle { fill: var(--green); stroke: var(--sheet); }
.number.right text { fill: var(--on-green); }
.number.wrong circle { fill: var(--open-wash); stroke: var(--open-edge); }
.number.wrong text { fill: var(--open); }
@media (max-width: 34rem) {
  .number { transform: scale(${GROWN}); transform-box: fill-box; transform-origin: center; }
}
`;
