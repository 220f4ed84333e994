// The end of an exercise: a map of its questions and one button; the file and its receipt are the second script's.
import { button, h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";
import { codeForm } from "./code_form.js";
import { hourOf } from "../logic/answer_entries.js";

const MARKS = { whole: "", partly: "◐ ", empty: "" };
const STATE_WORDS = { whole: "done_state", partly: "partly_state", empty: "ahead_state" };

// What can be answered here: what asks for code is done in JupyterLab, and missing nowhere on a page.
export function askedHere(host, page, questions) {
  return host.kind === "notebook" ? page.ids : page.ids.filter((id) => !typeOf(questions[id]).fromCode);
}

export function handInView(host, page, work, { numbers, questions }) {
  const told = h("p", { role: "status", class: "hoc-note" });
  const place = h("div", {});
  const map = h("ol", { class: "hoc-map" });
  const press = button(host.say("hand_in"), handIn, "hoc-button");
  const here = askedHere(host, page, questions);
  const ours = new Map(here.map((id) => [id, numbers.get(id)]));
  let sure = false;

  function tell(sentence, loud = false) {
    told.textContent = sentence;
    told.className = loud ? "hoc-alarm" : "hoc-note";
  }

  function drawMap() {
    map.replaceChildren(...here.map((id) => {
      const state = work.state(questions[id]);
      const number = numbers.get(id);
      const name = `${host.say("number", { number })}: ${host.say(STATE_WORDS[state])}`;
      const screen = page.screens.findIndex((one) => one.parts.some((part) => part.ask === id)) + 1;
      return h("li", {}, h("a", { class: { whole: "hoc-done", partly: "hoc-partly", empty: "" }[state], href: `#/${page.address ?? page.id}/${screen}/${id}`, "aria-label": name }, `${MARKS[state]}${number}`));
    }));
  }

  // The numbers of the questions in this state, as people read them.
  function numbersOf(state) {
    return here.filter((id) => work.state(questions[id]) === state).map((id) => numbers.get(id)).join(", ");
  }

  async function handIn() {
    if (!host.person) {
      tell(host.say("hand_in_code"), true);
      place.replaceChildren(codeForm(host, () => host.open()));
      place.querySelector("input").focus();
      return;
    }
    const [empty, partly] = ["empty", "partly"].map(numbersOf);
    if ((empty || partly) && !sure) {
      sure = true;
      const sentences = [empty && host.say("hand_in_missing", { numbers: empty }), partly && host.say("hand_in_partly", { numbers: partly }), host.say("hand_in_again")];
      tell(sentences.filter(Boolean).join(" "), true);
      return;
    }
    press.disabled = true;
    tell(host.say("hand_in_working"));
    try {
      const { packedUp, receiptView } = await host.more();
      const made = await packedUp(host, page, work.entries(), numbersOf("partly"));
      place.replaceChildren(receiptView(host, page, made, ours));
      place.querySelector("h2").focus();
      place.scrollIntoView({ block: "start" });
      tell("");
    } catch (error) {
      tell(error?.kind === "refused" ? error.message : host.say("hand_in_failed", { why: String(error?.message || error) }), true);
    }
    press.disabled = false;
  }

  async function tellBefore() {
    const before = await host.journal.read("submission", page.id);
    if (!before || told.textContent) return;
    tell(host.say("packed_before", { at: hourOf(before.at), file: before.file }));
    const { earlierView } = await host.more();
    const earlier = earlierView(host, page, before, ours);
    if (earlier && !place.firstChild) place.replaceChildren(earlier);
  }

  tellBefore().catch(() => {});
  work.watch(drawMap);
  drawMap();
  return h("section", { class: "hoc-hand-in" }, h("p", {}, host.say("hand_in_help")), here.length < page.ids.length ? h("p", { class: "hoc-told" }, host.say("lab_hand_in")) : null, h("h3", {}, host.say("hand_in_map")), map, press, told, place);
}
