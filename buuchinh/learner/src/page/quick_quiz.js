// The quick quiz for customers: one question at a time with immediate feedback; nothing is saved, nobody is asked for a name.
import { h } from "../question/dom.js";
import { mount } from "../question/question.js";
import { score } from "../question/scoring.js";
import { empty, isFull } from "../question/scored.js";
import { danger } from "../screens/danger.js";
import { actionBar } from "./action_bar.js";

const PRESSED = "a[href], button, summary, dialog"; // they handle Enter themselves

export function quickView(host, page) {
  const first = new Map(); // by question: whether its first answer was right
  const container = h("div", { class: "bc-barred" });
  const place = h("h1", { class: "hoc-where", tabindex: "-1" });
  const bar = actionBar();
  const words = { ...host.words, saved: "", draft_kept: "", draft_lost: "" }; // nothing is saved, so no message says that it is
  const total = page.questions.length;
  let index = 0;
  let handle = null;

  function draw() {
    handle?.dispose();
    const question = page.questions[index];
    place.textContent = `${page.title} · ${host.say("quick_place", { at: index + 1, total })}`;
    handle = mount(container, {
      question,
      mode: "practice",
      on: host.course.on,
      citations: page.cited,
      words,
      headingLevel: 2,
      onAnswer(answer, sent) {
        const right = !empty(answer) && isFull(score(question, answer, host.course.on));
        if (!first.has(question.id) && !empty(answer)) first.set(question.id, right);
        Promise.resolve().then(() => handle?.saved(new Date().toISOString(), sent));
      },
    });
    host.shown.set("quick", { dispose: () => handle?.dispose() });
    offer(handle.state());
  }

  // Sets the blue button: it answers or chooses again as long as that is possible, then leads on.
  function offer({ state, label, act }) {
    const next = { label: host.say(index + 1 < total ? "quick_next" : "quick_end"), press: onward };
    bar.set(label ? { main: { label, press: act }, quiet: state === "chosen" ? null : next } : { main: next });
  }

  function onward() {
    index += 1;
    if (index < total) draw();
    else end();
    scrollTo(0, 0);
    place.focus();
  }

  function end() {
    handle?.dispose();
    handle = null;
    const right = [...first.values()].filter(Boolean).length;
    place.textContent = page.title;
    container.replaceChildren(
      h("p", { class: "hoc-big", role: "status" }, host.say("quick_score", { right, total })),
      h("p", {}, host.say("quick_remember")),
      h("p", {}, h("a", { class: "hoc-card hoc-ask", href: `#/${host.course.goods}` }, h("strong", {}, host.say("goods_title")), h("span", {}, host.say("quick_goods")))),
      danger(host, host.say("quick_danger")));
    bar.set({ main: { label: host.say("quick_again"), press: onward } });
    index = -1;
    first.clear();
  }

  function onKeydown(event) {
    if (event.key !== "Enter" || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !container.isConnected) return;
    if (event.target.closest?.(PRESSED) || document.querySelector("dialog[open]")) return;
    bar.press();
    event.preventDefault();
    event.stopImmediatePropagation(); // or the question would react to the same press
  }

  container.addEventListener("buuchinh:state", (/** @type {CustomEvent} */ event) => offer(event.detail));
  addEventListener("keydown", onKeydown, true);
  host.closing.add(Promise.resolve(() => removeEventListener("keydown", onKeydown, true)));
  bar.keep(h("a", { class: "hoc-quiet", href: "#/" }, host.say("quick_home")));
  draw();
  return [
    h("article", { class: "hoc-sheet" }, place, container),
    h("p", { class: "hoc-note" }, host.say("quick_private")),
    bar.element,
  ];
}
