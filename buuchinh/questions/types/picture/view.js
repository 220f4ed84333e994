// A drawing with regions to choose: by pointer in the drawing, by keyboard in the list below it. Both are one choice.
import { h } from "../../browser/dom.js";
import { registerView } from "../../browser/registry.js";
import { viewMultiple } from "../multiple/view.js";

const SVG = "http://www.w3.org/2000/svg";
const LEAST = 44; // CSS pixels: what a finger hits

export function viewPicture(question, { words, changed }) {
  const list = viewMultiple(question, { words: { ...words, several: words.several_regions }, changed: told });
  const boxes = list.inputs;
  const drawing = draw(question, toggle);
  const regions = [...boxes.keys()].map((id) => ({ id, shape: drawing.shapes.get(id) })).filter((one) => one.shape);
  let pointed = null;
  let marks = [];

  function told() {
    paint();
    changed();
  }

  function toggle(id) {
    const box = boxes.get(id);
    if (!box) return;
    box.checked = !box.checked;
    told();
  }

  function paint() {
    for (const { id, shape } of regions) {
      const mark = marks.find((one) => one.on === id);
      const state = mark ? (mark.right ? "right" : "wrong") : boxes.get(id).checked ? "chosen" : id === pointed ? "pointed" : "";
      drawing.ring(shape, state, [...boxes.keys()].indexOf(id) + 1);
    }
  }

  for (const [id, box] of boxes) {
    const point = (on) => () => {
      pointed = on ? id : null;
      paint();
    };
    box.addEventListener("focus", point(true));
    box.addEventListener("blur", point(false));
    box.closest("label").addEventListener("pointerenter", point(true));
    box.closest("label").addEventListener("pointerleave", point(false));
  }
  requestAnimationFrame(paint); // sizes are known once the drawing stands in the page

  return {
    body: [drawing.element, ...list.body],
    read: list.read,
    show(answer) {
      list.show(answer);
      requestAnimationFrame(paint);
    },
    mark(remarks) {
      marks = remarks;
      list.mark(remarks);
      paint();
    },
  };
}

// In a tree of its own, so that ids of gradients in two drawings on one page do not meet.
function draw(question, toggle) {
  const element = h("div", { class: "bc-picture", role: "img", "aria-label": question.alt });
  const inside = element.attachShadow({ mode: "open" });
  const svg = document.importNode(new DOMParser().parseFromString(question.svg, "image/svg+xml").documentElement, true);
  svg.setAttribute("width", "100%");
  svg.removeAttribute("height");
  for (const name of ["role", "aria-label", "aria-labelledby", "aria-describedby"]) svg.removeAttribute(name);
  svg.setAttribute("aria-hidden", "true"); // the element around it has the words
  const shapes = new Map();
  for (const { id } of question.options) {
    const shape = svg.querySelector(`[data-region="${id}"], [id="${id}"]`);
    if (!shape) continue;
    shape.setAttribute("data-region", id);
    shape.addEventListener("click", () => toggle(id));
    shapes.set(id, shape);
  }
  inside.append(h("style", {}, STYLE), svg);

  const rings = new Map();
  const badges = make("g", {}); // above all rings, or one ring would cross the sign of another
  svg.append(badges);

  function ring(shape, state, number) {
    for (const part of rings.get(shape) ?? []) part.remove();
    if (!state) return;
    const box = shape.getBBox();
    const scale = svg.viewBox.baseVal.width / (svg.clientWidth || svg.viewBox.baseVal.width);
    const grow = (size) => Math.max(6 * scale, (LEAST * scale - size) / 2);
    const [dx, dy] = [grow(box.width), grow(box.height)];
    const { a, b, c, d, e, f } = svg.getCTM().inverse().multiply(shape.getCTM());
    const group = () => make("g", { class: `ring ${state}`, transform: `matrix(${[a, b, c, d, e, f].join(" ")})` });
    const frame = make("rect", { x: box.x - dx, y: box.y - dy, width: box.width + 2 * dx, height: box.height + 2 * dy, rx: 8 * scale });
    const badge = make("circle", { cx: box.x - dx, cy: box.y - dy, r: 13 * scale });
    const sign = make("text", { x: box.x - dx, y: box.y - dy, "font-size": 15 * scale });
    sign.textContent = state === "right" ? "✓" : state === "wrong" ? "✗" : String(number);
    const [below, above] = [group(), group()];
    below.append(frame);
    above.append(badge, sign);
    badges.before(below);
    badges.append(above);
    rings.set(shape, [below, above]);
  }

  return { element, shapes, ring };
}

function make(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
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
.ring { pointer-events: none; }
`;

registerView("picture", viewPicture);
