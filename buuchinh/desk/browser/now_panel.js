// Shows the task of the moment, one sentence with one button, then up to four more.
import { button, done, perform } from "./acting.js";
import { at, h, words } from "./dom.js";

let shown = "";

/** @param {NowPanel} now @param {HTMLElement} take */
export function showNow(now, take) {
  const content = JSON.stringify(now);
  if (content === shown) return;
  shown = content;
  const within = /** @type {HTMLElement} */ (document.activeElement);
  const focused = at("now").contains(within) ? within.dataset.task ?? "" : null;
  at("now").replaceChildren(hero(now.first), next(now.then), take);
  if (focused !== null) /** @type {HTMLElement | null} */ (document.querySelector(`[data-task="${CSS.escape(focused)}"]`) ?? document.querySelector(".hero .main"))?.focus();
}

/** @param {DeskTask | null} task */
function hero(task) {
  if (!task) return h("div", { class: "card hero" }, h("span", { class: "kicker" }, words.now), h("h2", null, words.nothing), h("p", { class: "detail" }, words.nothing_more));
  return h("div", { class: "card hero" },
    h("span", { class: "kicker" }, words.now),
    h("h2", null, task.sentence),
    h("p", { class: "detail" }, task.detail),
    h("div", { class: "go" },
      button(task.button, () => perform(task.action), "main", { "data-task": task.id }),
      button(words.later, () => done("de-sau", { task: task.id }), "quiet")));
}

/** @param {DeskTask[]} tasks */
function next(tasks) {
  const rows = tasks.map((task) => h("li", null,
    h("span", { class: `mark tone-${task.tone}`, "aria-hidden": "true" }, task.sign),
    h("span", { class: "words", title: `${task.sentence}. ${task.detail}` }, h("b", null, task.line || task.sentence), " ", h("span", { class: "soft" }, task.note || task.detail)),
    button(task.button, () => perform(task.action), "small", { "data-task": task.id, "aria-label": `${task.button}: ${task.sentence}` })));
  return h("div", { class: "card then" }, h("h2", null, words.then), h("ul", null, rows));
}
