// The end of an exercise: open questions are pointed out once, then one press packs it. The file and its receipt come from the
// second script.
import { button, h } from "../question/dom.js";
import { hourOf } from "../logic/answer_entries.js";
import { changedSince } from "../work/changed.js";
import { countMarks } from "../work/solution_marks.js";
import { addressOf, answerMap, idsOnHost, mapLegend, wholeOf } from "./answer_map.js";
import { codeForm } from "./code_form.js";
import { listed } from "./listed.js";
import { solutionsBox, solutionsResult } from "./solutions_box.js";

const CALM = 600; // milliseconds in which a new button ignores presses: the second one of a double click
const PATIENCE = 3000; // milliseconds for which a press waits for answers that are being saved
const STAGES = ["stage_pack", "stage_send", "stage_back"];

// Shows the four steps of a hand-in; now: the number of the current one.
/** @param {Host} host */
function stagesView(host, { done: answered, total }, now) {
  const words = [answered < total ? host.say("stage_left", { done: answered, total }) : host.say("stage_answer", { total }), ...STAGES.map((word) => host.say(word))];
  return h("ol", { class: "hoc-stages", "aria-label": host.say("stages") }, ...words.map((word, n) => {
    const step = n + 1;
    const done = step < now;
    return h("li", { class: done ? "hoc-done" : step === now ? "hoc-here" : "", "aria-current": step === now ? "step" : null },
      h("span", { "aria-hidden": "true" }, done ? "✓" : String(step)), h("span", {}, word), done ? h("span", { class: "hoc-unseen" }, `: ${host.say("stage_over")}`) : null);
  }));
}

const arrived = new WeakSet(); // hosts with a code given at hand-in, until the redrawn view has reported it

/** @param {Host} host */
export function handInView(host, page, work, { numbers, questions, marks = null }) {
  const here = idsOnHost(host, page, questions);
  const ours = new Map(here.map((id) => [id, numbers.get(id)]));
  const status = h("p", { role: "status", class: "hoc-note" });
  const press = button(host.say("hand_in"), ask, "hoc-button hoc-pack");
  const presses = h("p", { class: "hoc-row" }, press);
  const help = h("p", {}, host.say("hand_in_help"));
  const place = h("div", { class: "hoc-handed" });
  const stages = h("div", {});
  const justCame = arrived.delete(host);
  let now = 0; // the stage that a receipt has led to

  const inState = (state) => here.filter((id) => work.state(questions[id]) === state);
  const manual = () => here.filter((id) => questions[id].manual);
  const numbersOf = (ids) => ids.map((id) => numbers.get(id));
  const openIds = () => [...inState("empty"), ...inState("partly")];
  let askedAbout = ""; // the open questions that the person is asked about

  function draw() {
    const done = wholeOf(work, questions, here);
    stages.replaceChildren(stagesView(host, { done, total: here.length }, now || (done < here.length ? 1 : 2)));
    if (presses.childElementCount !== 1 && askedAbout !== openIds().join()) {
      presses.replaceChildren(press); // something was answered since the question was put
      tell("");
    }
  }

  function tell(sentence, kind = "hoc-note") {
    status.textContent = sentence;
    status.className = kind;
  }

  // The press may have ended the typing of an answer, which is then being saved: what is open is known after that.
  async function ask() {
    press.disabled = true;
    await Promise.race([work.settled(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    press.disabled = false;
    if (!host.person) {
      tell(host.say("hand_in_code"), "hoc-asked");
      place.replaceChildren(codeForm(host, () => {
        arrived.add(host);
        return host.open();
      }));
      place.querySelector("input").focus();
      return;
    }
    const [empty, partly] = ["empty", "partly"].map(inState);
    const [first] = openIds();
    if (first === undefined) {
      pack();
      return;
    }
    tell([empty.length && host.say("hand_in_missing", { numbers: listed(host, numbersOf(empty)) }), partly.length && host.say("hand_in_partly", { numbers: listed(host, numbersOf(partly)) })].filter(Boolean).join(" "), "hoc-asked");
    askedAbout = openIds().join();
    const since = Date.now();
    const tooSoon = () => Date.now() - since < CALM;
    const answer = h("a", { class: "hoc-button", href: addressOf(page, first), onclick: (event) => tooSoon() && event.preventDefault() }, host.say("hand_in_do", { number: numbers.get(first) }));
    presses.replaceChildren(answer, button(host.say("hand_in_anyway"), () => tooSoon() || pack(), "hoc-quiet hoc-choice"));
    answer.focus();
  }

  async function pack(anyway = false) {
    presses.replaceChildren(press);
    press.disabled = true;
    tell(host.say("hand_in_working"));
    try {
      const { packedUp, receiptView } = await host.more();
      const made = await packedUp(host, page, work.entries(), numbersOf(inState("partly")).join(", "), anyway);
      if (made.to_run) {
        toRun(made.to_run);
        return;
      }
      showReceipt(receiptView(host, page, made, ours, { manual: manual(), moved }));
      place.querySelector("h2").focus();
      stages.scrollIntoView({ block: "start" });
      tell("");
    } catch (error) {
      tell(error?.kind === "refused" ? error.message : host.say("hand_in_failed", { why: String(error?.message || error) }), "hoc-asked");
    }
    press.disabled = false;
  }

  // Asks to run code again that was changed after it ran, in a notebook; those who cannot hand in the values saved before.
  function toRun(sentence) {
    press.disabled = false;
    askedAbout = "code"; // whatever is saved next may be the code's values
    tell(sentence, "hoc-asked");
    const since = Date.now();
    presses.append(button(host.say("hand_in_anyway"), () => Date.now() - since < CALM || pack(true), "hoc-quiet hoc-choice"));
    press.focus();
  }

  // Shows the receipt, which now has the one blue button; a new hand-in is made below it.
  function showReceipt(receipt) {
    place.replaceChildren(receipt);
    press.className = "hoc-quiet hoc-choice hoc-pack";
    press.textContent = host.say("hand_in_anew");
    help.textContent = host.say("hand_in_anew_help");
  }

  function moved(stage) {
    now = stage;
    draw();
  }

  async function tellBefore() {
    const before = await host.journal.read("submission", page.id);
    if (!before && justCame) tell(host.say("code_kept"));
    if (!before || status.textContent) return;
    tell(host.say("packed_before", { at: hourOf(before.at), file: before.file }));
    const { earlierView } = await host.more();
    const ids = changedSince(before, work.entries());
    const changed = before.later ?? numbersOf(here.filter((id) => ids.includes(questions[id].id)));
    const earlier = await earlierView(host, page, before, ours, { entries: work.entries(), manual: manual(), moved, changed });
    if (!earlier || place.firstChild) return;
    if (changed.length) place.replaceChildren(earlier); // packing it again is the next step
    else showReceipt(earlier);
  }

  tellBefore().catch(() => {});
  work.watch(draw);
  draw();
  const beside = host.kind === "notebook"; // a page has its map beside each question
  return h("section", { class: "hoc-hand-in" }, marks ? solutionsResult(host, page, countMarks(marks, page.ids)) : null, stages, place,
    h("div", { class: "hoc-packing" },
      help,
      here.length < page.ids.length ? h("p", { class: "hoc-told" }, host.say("lab_hand_in")) : null,
      ...(beside ? [h("h3", {}, host.say("hand_in_map")), answerMap(host, page, work, { numbers, questions, marks }), mapLegend(host, page, questions, marks)] : []),
      status, presses),
    page.kind === "exercise" ? solutionsBox(host) : null);
}
