// The foot line of every page: what runs, what was saved, which command does the same.
import { button, done } from "./acting.js";
import { at, bar, h, words } from "./dom.js";
import { fileAddress } from "./server.js";

let shown = "", told = "", state = /** @type {any} */ (null);
const TOLD_FOR = 8000;

document.addEventListener("told", (event) => {
  told = /** @type {CustomEvent} */ (event).detail;
  draw();
  const mine = told;
  setTimeout(() => {
    if (told === mine) {
      told = "";
      draw();
    }
  }, TOLD_FOR);
});

/** @param {any} foot */
export function showFoot(foot) {
  state = foot;
  draw();
}

function draw() {
  if (!state) return;
  const content = JSON.stringify([state, told]);
  if (content === shown) return;
  shown = content;
  const focused = at("foot").contains(document.activeElement);
  const { job, ended } = state;
  const left = job
    ? [h("span", { class: "work" }, job.title), bar(job.total ? job.done / job.total : 0, "blue"), h("span", null, job.text),
      button(job.stopping ? words.stopping : words.stop, () => done("dung", { job: job.id }), "small quiet", { disabled: job.stopping }),
      h("span", { class: "about" }, told || words.close_page)]
    : [h("span", { class: "ended", title: told || ended?.text || false }, told || ended?.text || ""),
      !told && ended?.file && h("a", { href: `${fileAddress(ended.file)}?download=1`, download: true }, words.take_file)].filter(Boolean);
  at("foot").replaceChildren(...left, h("span", { class: "end" }, state.saved, state.saved && state.command && " · ", state.command && h("code", null, state.command)));
  if (focused) at("foot").querySelector("button")?.focus();
}
