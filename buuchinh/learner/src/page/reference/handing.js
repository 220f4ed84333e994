// The file of a hand-in and its receipt: to keep, to print, to send as text.
import { button, h } from "../../question/dom.js";
import { saidBy } from "../asking.js";
import { hourOf } from "../../logic/answer_entries.js";
import { inChat, save } from "../saving.js";
import { endOf } from "../sheets.js";
import { asText, packed } from "./packing.js";

const TESTS = ["kt1", "kt2"];

// Makes the file of a hand-in, notes it down and, where browsers keep files, hands it to the browser. Nothing that was
// answered here stands in the notebook, so that of an earlier version is not carried, nor any where the file goes as
// text, most of which it would be: collect takes the released one.
export async function packedUp(app, page, entries, partly = "") {
  const answersAlone = inChat() && Object.keys(entries).length > 0; // without either a hand-in would be refused as empty
  const { notebook, zip } = await app.forHandIn(page.id, !answersAlone && page.version === app.course.units[page.id].version);
  const finished = {};
  for (const unit of TESTS) {
    const end = await endOf(app, unit);
    if (end) finished[unit] = end;
  }
  const made = packed({ page, code: app.person, entries, notebook, finished, remarks: Object.values(await saidBy(app)), zip });
  await app.journal.set(`handed ${app.person} ${page.id}`, { at: made.receipt.at, check: made.receipt.check, file: made.name, receipt: made.receipt, partly });
  if (!inChat()) save(made.name, made.bytes, "application/zip");
  return { ...made, partly };
}

// Without ``bytes``: the receipt of an earlier hand-in, to read, print and compare. Where the sheet is no longer there,
// nobody knows the ``numbers`` of its questions: then they are counted. A question without one is not done on pages.
export function receiptView(app, page, { name, bytes, receipt, partly }, numbers = null) {
  const shown = (ids) => (numbers ? ids.filter((id) => numbers.has(id)).map((id) => numbers.get(id)).join(", ") : ids.length && app.say("not_begun", { total: ids.length })) || app.say("receipt_none");
  const rows = [
    [app.say("receipt_unit"), page.title], [app.say("receipt_at"), hourOf(receipt.at)], [app.say("receipt_who"), receipt.code],
    [app.say("receipt_answered"), shown(receipt.answered)],
    ...(partly ? [[app.say("receipt_partly"), partly]] : []), ...(numbers ? [[app.say("receipt_empty"), shown(receipt.unanswered)]] : []),
    [app.say("receipt_file"), name], [app.say("receipt_check"), receipt.check],
  ];
  const chat = Boolean(bytes) && inChat();
  const ways = bytes ? otherWays(app, name, asText(bytes, app.say("as_text_head", { unit: page.title, code: receipt.code })), chat) : null;
  return h("div", { class: "hoc-receipt" },
    h("h2", { tabindex: "-1" }, app.say(chat ? "receipt_chat" : bytes ? "receipt" : "receipt_earlier")),
    h("p", {}, app.say(chat ? "receipt_next_chat" : bytes ? "receipt_next" : "receipt_before", { file: name })),
    chat ? ways : null,
    h("dl", {}, ...rows.flatMap(([title, value]) => [h("dt", {}, title), h("dd", {}, value)])),
    h("p", { class: "hoc-row hoc-no-print" },
      bytes ? button(app.say(chat ? "receipt_try" : "receipt_again"), () => save(name, bytes, "application/zip"), "hoc-quiet") : null,
      button(app.say("receipt_print"), () => print(), "hoc-quiet")),
    chat ? null : ways);
}

// Browsers inside chat programs keep no file, and none shares a zip: the same hand-in goes as text, there before all else.
function otherWays(app, name, text, first) {
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
  return h("details", { class: "hoc-fold hoc-no-print", open: first },
    h("summary", {}, app.say(first ? "chat_ways" : "other_ways")),
    h("p", {}, app.say("as_text_help")),
    h("p", { class: "hoc-row" }, share, button(app.say("as_text_copy"), copy, first ? "hoc-button" : "hoc-quiet"), button(app.say("as_text_save"), () => save(file.name, text, "text/plain"), "hoc-quiet")),
    area, heard);
}
