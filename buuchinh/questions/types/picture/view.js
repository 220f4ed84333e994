// A drawing with regions to choose: by pointer in the drawing, by keyboard in the list below it. Both are one choice.
import { h } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { viewMultiple } from "../multiple/view.js";

/** @typedef {Choosing & { svg: string, alt: string }} PictureQuestion */

const SVG = "http://www.w3.org/2000/svg";
const LEAST = 44; // CSS pixels: what a finger hits

/** @type {(asked: PictureQuestion, tools: Tools) => View} */
export function viewPicture(asked, { words, changed }) {
  const question = { ...asked, options: asDrawn(asked) };
  const list = viewMultiple(question, { words: /** @type {Words} */ (/** @type {unknown} */ ({ ...words, several: words.several_regions })), changed: told });
  const boxes = list.inputs;
  const drawing = draw(question, toggle);
  const regions = [...boxes].map(([id, box]) => ({ id, box, shape: drawing.shapes.get(id) }));
  /** @type {string | null} */
  let pointed = null;
  /** @type {Remark[]} */
  let marks = [];

  function told() {
    paint();
    changed();
  }

  /** @type {(id: string) => void} */
  function toggle(id) {
    const box = boxes.get(id);
    if (!box) return;
    box.checked = !box.checked;
    told();
  }

  function paint() {
    if (!drawing.element.clientWidth) return; // not laid out yet, every box would be at 0, 0; the observer calls again
    for (const { id, box, shape } of regions) {
      if (!shape) continue;
      const mark = marks.find((one) => one.on === id);
      const state = mark ? (mark.right ? "right" : "wrong") : box.checked ? "chosen" : id === pointed ? "pointed" : "";
      drawing.ring(shape, state, [...boxes.keys()].indexOf(id) + 1);
    }
  }

  for (const [id, box] of boxes) {
    /** @type {(on: boolean) => () => void} */
    const point = (on) => () => {
      pointed = on ? id : null;
      paint();
    };
    box.addEventListener("focus", point(true));
    box.addEventListener("blur", point(false));
    box.closest("label")?.addEventListener("pointerenter", point(true));
    box.closest("label")?.addEventListener("pointerleave", point(false));
  }
  new ResizeObserver(paint).observe(drawing.element); // letters and rings keep their size on the screen, whatever its width

  return {
    body: [drawing.element, ...list.body],
    read: list.read,
    /** @param {string[] | null} answer */
    show(answer) {
      list.show(answer);
      paint();
    },
    mark(remarks) {
      marks = remarks;
      list.mark(remarks);
      paint();
    },
  };
}

// The list names the regions in the order in which they are drawn, so that the letters in the picture follow the eye and
// "the fifth parcel" is the fifth: an order by chance would put A on any of them.
/** @type {(question: PictureQuestion) => Choice[]} */
function asDrawn({ svg, options }) {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml");
  const order = [...drawn.querySelectorAll("[data-region], [id]")].map((one) => one.getAttribute("data-region") ?? one.id);
  /** @type {(option: Choice) => number} */
  const place = ({ id }) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...options].sort((one, other) => place(one) - place(other));
}

// In a tree of its own, so that ids of gradients in two drawings on one page do not meet.
/**
 * @param {PictureQuestion} question
 * @param {(id: string) => void} toggle
 */
function draw(question, toggle) {
  const element = h("div", { class: "bc-picture", role: "img", "aria-label": question.alt });
  const inside = element.attachShadow({ mode: "open" });
  const drawn = new DOMParser().parseFromString(question.svg, "image/svg+xml").documentElement;
  const svg = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.importNode(drawn, true)));
  svg.setAttribute("width", "100%");
  svg.removeAttribute("height");
  for (const name of ["role", "aria-label", "aria-labelledby", "aria-describedby"]) svg.removeAttribute(name);
  svg.setAttribute("aria-hidden", "true"); // the element around it has the words
  /** @type {Map<string, SVGGraphicsElement>} */
  const shapes = new Map();
  for (const { id } of question.options) {
    const shape = /** @type {SVGGraphicsElement | null} */ (svg.querySelector(`[data-region="${id}"], [id="${id}"]`));
    if (!shape) continue;
    shape.setAttribute("data-region", id);
    shape.addEventListener("click", () => toggle(id));
    shapes.set(id, shape);
  }
  inside.append(h("style", {}, STYLE), svg);

  /** @type {Map<SVGGraphicsElement, SVGGraphicsElement[]>} */
  const rings = new Map();
  const badges = make("g", {}); // above all rings, or one ring would cross the sign of another
  svg.append(badges);

  // From where a shape is drawn to where the whole is. A group is asked for the whole, since Firefox leaves the scale out of
  // the matrix of an outermost svg. What is not shown has no matrix.
  /** @type {(shape: SVGGraphicsElement) => string} */
  function matrixOf(shape) {
    const [whole, part] = [badges.getCTM(), shape.getCTM()];
    const { a, b, c, d, e, f } = whole && part ? whole.inverse().multiply(part) : new DOMMatrix();
    return `matrix(${[a, b, c, d, e, f].join(" ")})`;
  }

  /** @type {(shape: SVGGraphicsElement, state: string, number: number) => void} */
  function ring(shape, state, number) {
    for (const part of rings.get(shape) ?? []) part.remove();
    if (!state) {
      outline(shape, String.fromCharCode(64 + number));
      return;
    }
    const box = shape.getBBox();
    const scale = svg.viewBox.baseVal.width / (svg.clientWidth || svg.viewBox.baseVal.width);
    /** @type {(size: number) => number} */
    const grow = (size) => Math.max(6 * scale, (LEAST * scale - size) / 2);
    const [dx, dy] = [grow(box.width), grow(box.height)];
    const group = () => make("g", { class: `ring ${state}`, transform: matrixOf(shape) });
    const frame = make("rect", { x: box.x - dx, y: box.y - dy, width: box.width + 2 * dx, height: box.height + 2 * dy, rx: 8 * scale });
    const [x, y] = cornerOf(box, 15 * scale); // where its letter stood: the sign covers nothing more
    const badge = make("circle", { cx: x, cy: y, r: 13 * scale });
    const sign = make("text", { x, y, "font-size": 15 * scale });
    sign.textContent = state === "right" ? "✓" : state === "wrong" ? "✗" : String.fromCharCode(64 + number);
    const [below, above] = [group(), group()];
    below.append(frame);
    above.append(badge, sign);
    badges.before(below);
    badges.append(above);
    rings.set(shape, [below, above]);
  }

  // What can be chosen is outlined and named by a letter, all alike: looking is the task, not finding what may be pressed.
  /** @type {(shape: SVGGraphicsElement, letter: string) => void} */
  function outline(shape, letter) {
    const box = shape.getBBox();
    const scale = svg.viewBox.baseVal.width / (svg.clientWidth || svg.viewBox.baseVal.width);
    const group = make("g", { class: "region", transform: matrixOf(shape) });
    const [x, y] = cornerOf(box, 12 * scale);
    const sign = make("text", { x, y, "font-size": 13 * scale });
    sign.textContent = letter;
    group.append(
      make("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: 6 * scale }),
      make("circle", { cx: x, cy: y, r: 10 * scale }),
      sign,
    );
    badges.before(group);
    rings.set(shape, [group]);
  }

  return { element, shapes, ring };
}

// A letter at the edge of the drawing is not cut.
/** @type {(box: DOMRect, room: number) => [number, number]} */
function cornerOf(box, room) {
  return [Math.max(box.x, room), Math.max(box.y, room)];
}

/** @type {(tag: string, attributes: Named<string | number>) => SVGGraphicsElement} */
function make(tag, attributes) {
  const made = /** @type {SVGGraphicsElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

const STYLE = `
:host { display: block; }
svg { display: block; height: auto; max-height: min(46rem, 92vh); border-radius: .5rem; }
[data-region] { cursor: pointer; }
.ring rect { fill: none; stroke-width: 3; vector-effect: non-scaling-stroke; stroke: #0b5cad; paint-order: stroke; }
.ring circle { fill: #0b5cad; stroke: #fff; stroke-width: 2; vector-effect: non-scaling-stroke; }
.ring text { fill: #fff; font-family: system-ui, sans-serif; font-weight: 700; text-anchor: middle; dominant-baseline: central; }
.ring.pointed rect { stroke-dasharray: 7 5; }
.ring.right rect { stroke: #17663a; } .ring.right circle { fill: #17663a; }
.ring.wrong rect { stroke: #a3261b; } .ring.wrong circle { fill: #a3261b; }
.region rect { fill: none; stroke-width: 1.5; stroke-dasharray: 2 4; vector-effect: non-scaling-stroke; stroke: #33475c; }
.region circle { fill: #fff; stroke: #33475c; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.region text { fill: #33475c; font-family: system-ui, sans-serif; font-weight: 700; text-anchor: middle; dominant-baseline: central; }
.ring, .region { pointer-events: none; }
`;

registerView("picture", viewPicture);
