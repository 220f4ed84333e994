// The follow-up page: the schedule, the packs with their days, the objectives mastered so far.

import { fill, h, redraw } from "../../question/dom.js";

// Draws the model {words, state(), open(days), changed(listener)} of tool.js.
export function render({ model, el }) {
  const { words } = model;
  const status = h("p", { role: "status" });
  const place = h("div", {});

  function ask(days) {
    status.textContent = "";
    model.open(days).then(() => (status.textContent = words.opened), () => (status.textContent = words.not_saved));
  }

  function schedule(state) {
    if (!state.started) return [h("p", {}, words.not_yet)];
    return [
      h("p", {}, fill(words.started, { day: state.started }), " ",
        h("a", { href: state.ics, download: "lich-on-tap.ics" }, words.ics)),
      h("ul", {}, ...state.packs.map((pack) => row(pack, state.own))),
    ];
  }

  // Shows the sentences written at the end of lessons, beside the packs that ask about them.
  function ownSentences(pack, own) {
    if (!pack.open || !pack.recalls || !own.length) return null;
    return h("div", { class: "bc-own" }, h("p", {}, words.own),
      h("ul", {}, ...own.map((objective) => h("li", {}, fill(words.own_line, objective)))),
      h("p", {}, words.own_done));
  }

  function row(pack, own) {
    const name = fill(words.pack, pack);
    const when = fill(pack.open ? words.due_now : words.due_later, pack);
    const done = !pack.open ? "" : ` · ${pack.done >= pack.total ? words.done : fill(words.progress, pack)}`;
    return h("li", { class: "bc-row" },
      h("span", { class: "bc-name" }, name, h("br"), h("small", {}, when + done), ownSentences(pack, own)),
      pack.open
        ? h("button", { type: "button", class: pack.done >= pack.total ? "bc-quiet" : "", "aria-label": `${words.open}: ${name}`, "data-days": pack.days, onclick: () => ask(pack.days) }, words.open)
        : null);
  }

  function standing(state) {
    if (!state.objectives.length) return [];
    const line = (objective) => {
      const label = objective.mastered ? words.mastered : objective.mastered === false ? words.not_mastered : words.open_still;
      return h("li", {}, `${objective.title}: `, h("strong", {}, fill(label, objective)));
    };
    const done = state.objectives.filter((objective) => objective.mastered).length;
    return [h("details", {}, h("summary", {}, fill(words.summary_line, { done, total: state.objectives.length })),
      h("ul", { class: "bc-plain" }, ...state.objectives.map(line)))];
  }

  function draw() {
    const state = model.state();
    redraw(place, h("p", { class: "bc-soft" }, words.why), ...schedule(state), ...standing(state));
  }

  model.changed(draw);
  el.append(h("div", { class: "bc-part bc-follow-up", lang: "vi" }, h("h2", {}, words.title), place, status));
  draw();
}
