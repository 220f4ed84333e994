// "Các việc trong bài": all steps of a lesson, those on the way and those beside it, and the lesson on paper.
import { button, h } from "../question/dom.js";
import { addressOf } from "./lesson_steps.js";

const STATES = { here: "here_state", done: "done_state", read: "read_state", ahead: "ahead_state" };

export function lessonContents({ host, page, work, questions, numbers, way, beside, step: here, seen }, { go, print }) {
  const list = h("div", {});
  const dialog = h("dialog", { class: "hoc-law hoc-contents", "aria-labelledby": "hoc-contents-title" },
    h("h2", { id: "hoc-contents-title" }, host.say("contents")),
    list,
    h("p", { class: "hoc-row" },
      button(host.say("print_all"), () => {
        dialog.close();
        print();
      }, "hoc-quiet hoc-choice"),
      button(host.say("close"), () => dialog.close(), "hoc-quiet")));

  function row(step) {
    const address = addressOf(page, step);
    const state = step === here ? "here" : step.kind === "open" && seen.opened ? "done" : step.kind === "open" || !step.ask ? (seen.parts.includes(step.screen) ? "read" : "ahead") : work.state(questions[step.ask]) === "whole" ? "done" : "ahead";
    const number = step.kind === "ask" && !step.extra ? `${host.say("number", { number: numbers.get(step.ask) })}. ` : "";
    const title = (step.again || step.kind === "open" ? questions[step.ask]?.title : null) ?? step.title;
    return h("li", {}, h("a", { class: `hoc-step hoc-${state}${step.extra ? " hoc-extra" : ""}`, href: address, "aria-current": step === here ? "step" : null, onclick: (event) => {
      event.preventDefault();
      dialog.close();
      go(address);
    } }, h("span", { class: "hoc-mark", "aria-hidden": "true" }, state === "done" ? "✓" : state === "here" ? "●" : ""), h("span", {}, number, title.replace(/^\d+\. /u, ""), h("span", { class: "hoc-unseen" }, `: ${host.say(STATES[state])}`))));
  }

  function draw() {
    list.replaceChildren(
      h("ol", {}, ...way.map(row)),
      ...(beside.length ? [h("h3", { tabindex: "-1" }, host.say("contents_extra")), h("ul", {}, ...beside.map(row))] : []));
  }

  draw();
  const open = () => {
    draw();
    dialog.showModal();
  };
  return {
    element: dialog,
    open,
    openExtras() {
      open();
      list.querySelector("h3")?.scrollIntoView();
      list.querySelector("h3")?.focus();
    },
  };
}
