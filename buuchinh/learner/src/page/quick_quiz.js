// The quick quiz for customers: one question at a time, told at once; nothing is kept, nobody is asked for a name.
import { button, h } from "../question/dom.js";
import { mount } from "../question/question.js";
import { score } from "../question/scoring.js";
import { empty } from "../question/scored.js";
import { danger } from "../screens/start.js";

export function quickView(host, page) {
  const first = new Map(); // by question: whether its first answer was right
  const where = h("div", {});
  const place = h("h1", { class: "hoc-where", tabindex: "-1" });
  const next = button("", onward, "hoc-button");
  const words = { ...host.words, saved: "" }; // nothing is kept, so nothing is told as saved
  const total = page.questions.length;
  let at = 0;
  let handle = null;

  function draw() {
    handle?.dispose();
    const question = page.questions[at];
    place.textContent = `${page.title} · ${host.say("quick_place", { at: at + 1, total })}`;
    next.textContent = host.say(at + 1 < total ? "quick_next" : "quick_end");
    next.className = "hoc-quiet";
    handle = mount(where, {
      question,
      mode: "practice",
      on: host.course.on,
      citations: page.cited,
      words,
      headingLevel: 2,
      onAnswer(answer, sent) {
        const right = !empty(answer) && score(question, answer, host.course.on).fraction > 1 - 1e-9;
        if (!first.has(question.id) && !empty(answer)) first.set(question.id, right);
        next.className = right ? "hoc-button" : "hoc-quiet"; // until then the question's own button is the blue one
        Promise.resolve().then(() => handle?.saved(new Date().toISOString(), sent));
      },
    });
    host.shown.set("quick", { dispose: () => handle?.dispose() });
  }

  // Who picks an answer and goes on without "Kiểm tra" is told first, as if he had pressed it.
  function onward() {
    if (at >= 0 && at < total && !first.has(page.questions[at].id) && where.querySelector("input:checked")) {
      where.querySelector(".bc-actions button").click();
      return;
    }
    at += 1;
    if (at < total) draw();
    else end();
    scrollTo(0, 0);
    place.focus();
  }

  function end() {
    handle?.dispose();
    handle = null;
    const right = [...first.values()].filter(Boolean).length;
    place.textContent = page.title;
    where.replaceChildren(
      h("p", { class: "hoc-big", role: "status" }, host.say("quick_score", { right, total })),
      h("p", {}, host.say("quick_remember")),
      h("p", {}, h("a", { class: "hoc-card hoc-ask", href: `#/${host.course.goods}` }, h("strong", {}, host.say("goods_title")), h("span", {}, host.say("quick_goods")))),
      danger(host, host.say("quick_danger")));
    next.textContent = host.say("quick_again");
    next.className = "hoc-button";
    at = -1;
    first.clear();
  }

  where.addEventListener("click", (event) => {
    if (event.target.closest(".bc-actions")) where.querySelector(".bc-feedback")?.scrollIntoView({ block: "nearest" });
  });
  draw();
  return [
    h("article", { class: "hoc-sheet" }, place, where),
    h("p", { class: "hoc-note" }, host.say("quick_private")),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("quick_home")), next),
  ];
}
