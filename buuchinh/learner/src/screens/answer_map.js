// The map of a sheet: each question that can be answered here, and how complete its answer is. It shows no verdict.
import { h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";

const WORDS = { whole: "done_state", partly: "partly_state", empty: "ahead_state" };
const CLASSES = { whole: "hoc-done", partly: "hoc-partly", empty: "" };
const SIGNS = { whole: "●", partly: "◐", empty: "" };
const PERSON = "✎"; // a person marks it

// Returns the ids of the questions that can be answered here: those for code are answered in JupyterLab, and a page does not
// count them as missing.
/** @param {Host} host */
export function askedHere(host, page, questions) {
  return host.kind === "notebook" ? page.ids : page.ids.filter((id) => !typeOf(questions[id]).fromCode);
}

// Counts the questions that are answered whole.
export function wholeOf(work, questions, ids) {
  return ids.filter((id) => work.state(questions[id]) === "whole").length;
}

// Returns the address of a question: the screen that asks it, and its id.
export function addressOf(page, id) {
  const screen = page.screens.findIndex((one) => one.parts.some((part) => part.ask === id)) + 1;
  return `#/${page.address ?? page.id}/${screen}/${id}`;
}

// Returns the map; current: the question that is shown beside it.
/** @param {Host} host */
export function answerMap(host, page, work, { numbers, questions, current = null }) {
  const map = h("ol", { class: "hoc-map" });

  function place(id) {
    const state = work.state(questions[id]);
    const number = numbers.get(id);
    const person = questions[id].manual ? host.say("map_person") : "";
    const name = `${host.say("number", { number })}: ${[host.say(WORDS[state]), person].filter(Boolean).join(", ")}`;
    const sign = [SIGNS[state], person && PERSON].filter(Boolean).join("");
    return h("li", {}, h("a", { class: CLASSES[state], href: addressOf(page, id), "aria-label": name, "aria-current": id === current ? "step" : null },
      String(number), sign ? h("span", { "aria-hidden": "true" }, sign) : null));
  }

  const draw = () => map.replaceChildren(...askedHere(host, page, questions).map(place));
  work.watch(draw);
  draw();
  return map;
}

/** @param {Host} host */
export function mapLegend(host, page, questions) {
  const person = askedHere(host, page, questions).some((id) => questions[id].manual);
  const row = (sign, word) => h("li", {}, h("span", { "aria-hidden": "true" }, sign), host.say(word));
  return h("ul", { class: "hoc-legend" }, row(SIGNS.whole, "done_state"), row(SIGNS.partly, "partly_state"), row("○", "ahead_state"), person ? row(PERSON, "map_person") : null);
}
