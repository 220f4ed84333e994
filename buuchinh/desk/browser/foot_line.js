// The foot line of every page: what runs, what was saved, which command does the same.
import { button, done } from "./acting.js";
import { at, bar, h, tell, words } from "./dom.js";
import { fileLink } from "./server.js";

const ENDED = "buuchinh-desk-ended";
const FRESH_FOR = 8000;
/** The newest message, of the last press or of a job that ended since; it stays until the next one. */
let latest = { text: "", file: "" }, fresh = false, drawnText = "", state = /** @type {DeskFoot | null} */ (null);

document.addEventListener("told", (event) => {
  latest = /** @type {CustomEvent} */ (event).detail;
  fresh = true;
  draw();
  const shownNow = latest;
  setTimeout(() => {
    if (latest !== shownNow) return;
    fresh = false;
    draw();
  }, FRESH_FOR);
});

/** @param {DeskFoot} foot */
export function showFoot(foot) {
  // The end of a job is said once: by a page that saw it run, or else by the first one that is opened afterwards.
  const { ended } = foot, before = state ? state.ended?.id : localStorage.getItem(ENDED);
  state = foot;
  if (ended) localStorage.setItem(ENDED, ended.id);
  if (ended && ended.id !== before) tell(ended.text, ended.file, ended.tone !== "done");
  else draw();
}

function draw() {
  if (!state) return;
  const content = JSON.stringify([state, latest, fresh]);
  if (content === drawnText) return;
  drawnText = content;
  const focused = at("foot").contains(document.activeElement);
  const { job } = state;
  const left = job
    ? [h("span", { class: "work" }, job.title), bar(job.total ? job.done / job.total : 0, "blue"), h("span", null, job.text),
      button(job.stopping ? words.stopping : words.stop, () => done("dung", { job: job.id }), "small quiet", { disabled: job.stopping }),
      h("span", { class: "about" }, fresh ? latest.text : words.close_page)]
    : [h("span", { class: "ended" }, latest.text, latest.file && " ", latest.file && fileLink(latest.file))];
  at("foot").replaceChildren(...left, h("span", { class: "end" }, state.saved, state.saved && state.command && " · ", state.command && h("span", { title: words.command_about }, `${words.command} `, h("code", null, state.command))));
  at("foot").hidden = !job && !latest.text && !state.saved && !state.command;
  if (focused) at("foot").querySelector("button")?.focus();
}
