// Shows the task of the moment, one sentence with one button, then four more; whatever follows is counted and opened.
import { button, done, perform } from "./acting.js";
import { at, filled, h, words } from "./dom.js";

const MOST = 4;
let drawnRows = "", opened = false;

/** @param {NowPanel} now @param {HTMLElement} take */
export function showNow(now, take) {
  const content = JSON.stringify([now, projecting()]);
  if (content === drawnRows) return;
  drawnRows = content;
  const within = /** @type {HTMLElement} */ (document.activeElement);
  const focused = at("now").contains(within) ? within.dataset.task ?? "" : null;
  at("now").replaceChildren(hero(now.first), skip(), next(now.then), take);
  if (focused !== null) /** @type {HTMLElement | null} */ (document.querySelector(`[data-task="${CSS.escape(focused)}"]`) ?? document.querySelector(".hero .main"))?.focus();
}

/** Return whether the desk is projected: then nothing hovers over it that its text does not show. */
const projecting = () => at("project").getAttribute("aria-pressed") === "true";

/** @param {DeskTask | null} task */
function hero(task) {
  if (!task) return h("div", { class: "card hero" }, h("span", { class: "kicker" }, words.now), h("h2", null, words.nothing), h("p", { class: "detail" }, words.nothing_more));
  return h("div", { class: "card hero" },
    h("span", { class: "kicker" }, words.now),
    h("h2", null, task.sentence),
    h("p", { class: task.id.startsWith("job:") ? "detail reason" : "detail" }, task.detail),
    h("div", { class: "go" },
      button(task.button, () => perform(task.action), "main", { "data-task": task.id }),
      button(words.later, () => done("de-sau", { task: task.id }), "quiet")));
}

/** Return the link, seen while it is focused, that leads from the first task to the table. */
function skip() {
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (document.querySelector('[role="grid"] [tabindex="0"]'))?.focus();
  };
  return h("a", { class: "skip", href: "#class", on: { click: go } }, words.to_table);
}

/** @param {DeskTask[]} tasks */
function next(tasks) {
  const rows = tasks.map((task) => h("li", null,
    h("span", { class: `mark tone-${task.tone}`, "aria-hidden": "true" }, task.sign),
    h("span", { class: "words", title: !projecting() && `${task.sentence}. ${task.detail}` }, h("b", null, task.line || task.sentence), " ", h("span", { class: "soft" }, task.note || task.detail)),
    button(task.button, () => perform(task.action), "small", { "data-task": task.id, "aria-label": `${task.button}: ${task.sentence}` })));
  const more = rows.length - MOST;
  const turn = () => {
    opened = !opened;
    card.replaceWith(next(tasks));
    /** @type {HTMLElement} */ (document.querySelector(opened ? `.then li:nth-child(${MOST + 1}) button` : ".then .top button")).focus();
  };
  const card = h("div", { class: "card then" },
    h("div", { class: "top" }, h("h2", null, words.then), more > 0 && button(opened ? words.then_fewer : filled(words.then_more, { count: more }), turn, "small quiet", { "data-task": "rest", "aria-expanded": opened ? "true" : "false" })),
    h("ul", { class: opened ? "all" : false }, opened ? rows : rows.slice(0, MOST)));
  return card;
}
