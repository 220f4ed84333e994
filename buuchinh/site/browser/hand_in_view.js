// The end of an exercise: a map of its questions, one button, the receipt and the file for the instructor.
import { button, h } from "../../questions/browser/dom.js";
import { saidBy } from "./asking.js";
import { codeForm } from "./code_form.js";
import { asText, packed } from "./packing.js";
import { hourOf } from "./record.js";
import { save } from "./saving.js";

const TESTS = ["kt1", "kt2"];

const MARKS = { whole: "", partly: "◐ ", empty: "" };
const STATE_WORDS = { whole: "done_state", partly: "partly_state", empty: "ahead_state" };

export function handInView(app, page, work, { numbers, questions }) {
  const told = h("p", { role: "status", class: "hoc-note" });
  const place = h("div", {});
  const map = h("ol", { class: "hoc-map" });
  const press = button(app.say("hand_in"), handIn, "hoc-button");
  let sure = false;

  function drawMap() {
    map.replaceChildren(...page.ids.map((id) => {
      const state = work.state(questions[id]);
      const number = numbers.get(id);
      const name = `${app.say("number", { number })}: ${app.say(STATE_WORDS[state])}`;
      const screen = page.screens.findIndex((one) => one.parts.some((part) => part.ask === id)) + 1;
      return h("li", {}, h("a", { class: { whole: "hoc-done", partly: "hoc-partly", empty: "" }[state], href: `#/${page.id}/${screen}/${id}`, "aria-label": name }, `${MARKS[state]}${number}`));
    }));
  }

  // The numbers of the questions in this state, as people read them.
  function numbersOf(state) {
    return page.ids.filter((id) => work.state(questions[id]) === state).map((id) => numbers.get(id)).join(", ");
  }

  async function handIn() {
    if (!app.person) {
      told.textContent = app.say("hand_in_code");
      place.replaceChildren(codeForm(app, () => app.open()));
      place.querySelector("input").focus();
      return;
    }
    const [empty, partly] = ["empty", "partly"].map(numbersOf);
    if ((empty || partly) && !sure) {
      sure = true;
      const sentences = [empty && app.say("hand_in_missing", { numbers: empty }), partly && app.say("hand_in_partly", { numbers: partly }), app.say("hand_in_again")];
      told.textContent = sentences.filter(Boolean).join(" ");
      return;
    }
    press.disabled = true;
    told.textContent = app.say("hand_in_working");
    try {
      await make();
      told.textContent = "";
    } catch (error) {
      told.textContent = app.say("hand_in_failed", { why: String(error?.message ?? error) });
    }
    press.disabled = false;
  }

  async function make() {
    const { notebook, zip } = await app.forHandIn(page.id);
    const finished = {};
    for (const unit of TESTS) {
      const end = await app.journal.get(`finished ${app.person} ${unit}`);
      if (end) finished[unit] = end;
    }
    const made = packed({ page, code: app.person, entries: work.entries(), notebook, finished, remarks: Object.values(await saidBy(app)), zip });
    await app.journal.set(`handed ${app.person} ${page.id}`, { at: made.receipt.at, check: made.receipt.check, file: made.name, receipt: made.receipt, partly: numbersOf("partly") });
    place.replaceChildren(receiptOf({ ...made, partly: numbersOf("partly") }));
    place.querySelector("h2").focus();
    place.scrollIntoView({ block: "start" });
    save(made.name, made.bytes, "application/zip");
  }

  // Without ``bytes``: the receipt of an earlier hand-in, to read, print and compare.
  function receiptOf({ name, bytes, receipt, partly }) {
    const none = app.say("receipt_none");
    const shown = (ids) => ids.map((id) => numbers.get(id)).join(", ") || none;
    const rows = [
      [app.say("receipt_unit"), page.title], [app.say("receipt_at"), hourOf(receipt.at)], [app.say("receipt_who"), receipt.code],
      [app.say("receipt_answered"), shown(receipt.answered)],
      ...(partly ? [[app.say("receipt_partly"), partly]] : []), [app.say("receipt_empty"), shown(receipt.unanswered)],
      [app.say("receipt_file"), name], [app.say("receipt_check"), receipt.check],
    ];
    return h("div", { class: "hoc-receipt" },
      h("h2", { tabindex: "-1" }, app.say(bytes ? "receipt" : "receipt_earlier")),
      h("p", {}, app.say(bytes ? "receipt_next" : "receipt_before", { file: name })),
      h("dl", {}, ...rows.flatMap(([title, value]) => [h("dt", {}, title), h("dd", {}, value)])),
      h("p", { class: "hoc-row hoc-no-print" },
        bytes ? button(app.say("receipt_again"), () => save(name, bytes, "application/zip"), "hoc-quiet") : null,
        button(app.say("receipt_print"), () => print(), "hoc-quiet")),
      bytes ? otherWays(name, asText(bytes, app.say("as_text_head", { unit: page.title, code: receipt.code }))) : null);
  }

  // Browsers inside chat programs keep no file, and none shares a zip: the same hand-in goes as text.
  function otherWays(name, text) {
    const file = new File([text], name.replace(/zip$/u, "txt"), { type: "text/plain" });
    const heard = h("p", { role: "status", class: "hoc-note" });
    const area = h("textarea", { readonly: true, rows: "4", "aria-label": app.say("as_text") });
    area.value = text;
    async function copy() {
      area.select();
      const done = (await navigator.clipboard?.writeText(text).then(() => true, () => false)) || document.execCommand("copy");
      heard.textContent = app.say(done ? "as_text_copied" : "as_text_by_hand");
    }
    const share = navigator.canShare?.({ files: [file] })
      ? button(app.say("receipt_share"), () => navigator.share({ files: [file], title: name }).catch(() => {}), "hoc-quiet")
      : null;
    return h("details", { class: "hoc-fold hoc-no-print" },
      h("summary", {}, app.say("other_ways")),
      h("p", {}, app.say("as_text_help")),
      h("p", { class: "hoc-row" }, share, button(app.say("as_text_copy"), copy, "hoc-quiet"), button(app.say("as_text_save"), () => save(file.name, text, "text/plain"), "hoc-quiet")),
      area, heard);
  }

  app.journal.get(`handed ${app.person ?? ""} ${page.id}`).then((before) => {
    if (!before || told.textContent) return;
    told.textContent = app.say("packed_before", { at: hourOf(before.at), file: before.file });
    if (before.receipt && !place.firstChild) place.replaceChildren(receiptOf({ name: before.file, bytes: null, receipt: before.receipt, partly: before.partly }));
  });
  work.watch(drawMap);
  drawMap();
  return h("section", { class: "hoc-hand-in" }, h("p", {}, app.say("hand_in_help")), h("h3", {}, app.say("hand_in_map")), map, press, told, place);
}
