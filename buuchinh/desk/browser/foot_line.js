// The foot line of every page: what runs, what was saved, which command does the same.
import { button, done } from "./acting.js";
import { at, bar, h, tell, words } from "./dom.js";
import { fileLink } from "./server.js";

const NOTHING = { text: "", file: "" };
let shown = "", told = NOTHING, state = /** @type {any} */ (null);
const TOLD_FOR = 8000;

document.addEventListener("told", (event) => {
  told = /** @type {CustomEvent} */ (event).detail;
  draw();
  const mine = told;
  setTimeout(() => {
    if (told === mine) {
      told = NOTHING;
      draw();
    }
  }, TOLD_FOR);
});

/** @param {any} foot */
export function showFoot(foot) {
  const ended = state && foot.ended?.id !== state.ended?.id ? foot.ended : null;
  state = foot;
  if (ended) tell(ended.text, ended.file);
  else draw();
}

function draw() {
  if (!state) return;
  const content = JSON.stringify([state, told]);
  if (content === shown) return;
  shown = content;
  const focused = at("foot").contains(document.activeElement);
  const { job, ended } = state;
  const said = told.text ? told : ended ?? NOTHING;
  const left = job
    ? [h("span", { class: "work" }, job.title), bar(job.total ? job.done / job.total : 0, "blue"), h("span", null, job.text),
      button(job.stopping ? words.stopping : words.stop, () => done("dung", { job: job.id }), "small quiet", { disabled: job.stopping }),
      h("span", { class: "about" }, told.text || words.close_page)]
    : [h("span", { class: "ended", title: said.text || false }, said.text), said.file ? fileLink(said.file) : ""];
  at("foot").replaceChildren(...left, h("span", { class: "end" }, state.saved, state.saved && state.command && " · ", state.command && h("span", { title: words.command_about }, `${words.command} `, h("code", null, state.command))));
  if (focused) at("foot").querySelector("button")?.focus();
}
