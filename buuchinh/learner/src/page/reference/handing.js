// The file of a hand-in and its receipt: to keep, to print, to send as text.
import { button, h } from "../../question/dom.js";
import { hourOf } from "../../logic/answer_entries.js";
import { inChat, save } from "../saving.js";
import { asText, packed } from "./packing.js";

const TESTS = ["kt1", "kt2"];

// Makes the file of a hand-in, notes it down and, where browsers keep files, hands it to the browser. Nothing that was
// answered here stands in the notebook, so that of an earlier version is not carried, nor any where the file goes as
// text, most of which it would be: collect takes the released one.
export async function packedUp(host, page, entries, partly = "") {
  const answersAlone = inChat() && Object.keys(entries).length > 0; // without either a hand-in would be refused as empty
  const { notebook, zip } = await host.forHandIn(page.id, !answersAlone && page.version === host.course.units[page.id].version);
  const finished = {};
  for (const unit of TESTS) {
    const end = await host.journal.read("finished", unit);
    if (end) finished[unit] = end;
  }
  const made = packed({ page, code: host.person, entries, notebook, finished, remarks: Object.values(await host.journal.remarks()), zip });
  await host.journal.write("submission", { at: made.receipt.at, check: made.receipt.check, file: made.name, receipt: made.receipt, partly }, page.id);
  if (!inChat()) save(made.name, made.bytes, "application/zip");
  return { ...made, partly };
}

// The receipt of what was handed in before in this version of the sheet, null where there is none.
export function earlierView(host, page, { file, receipt, partly }, numbers) {
  return receipt?.version === page.version ? receiptView(host, page, { name: file, bytes: null, receipt, partly }, numbers) : null;
}

// Without ``bytes``: the receipt of an earlier hand-in, to read, print and compare. Where the sheet is no longer there,
// nobody knows the ``numbers`` of its questions: then they are counted. A question without one is not done on pages.
export function receiptView(host, page, { name, bytes, receipt, partly }, numbers = null) {
  const shown = (ids) => (numbers ? ids.filter((id) => numbers.has(id)).map((id) => numbers.get(id)).join(", ") : ids.length && host.say("not_begun", { total: ids.length })) || host.say("receipt_none");
  const rows = [
    [host.say("receipt_unit"), page.title], [host.say("receipt_at"), hourOf(receipt.at)], [host.say("receipt_who"), receipt.code],
    [host.say("receipt_answered"), shown(receipt.answered)],
    ...(partly ? [[host.say("receipt_partly"), partly]] : []), ...(numbers ? [[host.say("receipt_empty"), shown(receipt.unanswered)]] : []),
    [host.say("receipt_file"), name], [host.say("receipt_check"), receipt.check],
  ];
  const chat = Boolean(bytes) && inChat();
  const ways = bytes ? otherWays(host, name, asText(bytes, host.say("as_text_head", { unit: page.title, code: receipt.code })), chat) : null;
  return h("div", { class: "hoc-receipt" },
    h("h2", { tabindex: "-1" }, host.say(chat ? "receipt_chat" : bytes ? "receipt" : "receipt_earlier")),
    h("p", {}, host.say(chat ? "receipt_next_chat" : bytes ? "receipt_next" : "receipt_before", { file: name })),
    chat ? ways : null,
    h("dl", {}, ...rows.flatMap(([title, value]) => [h("dt", {}, title), h("dd", {}, value)])),
    h("p", { class: "hoc-row hoc-no-print" },
      bytes ? button(host.say(chat ? "receipt_try" : "receipt_again"), () => save(name, bytes, "application/zip"), "hoc-quiet") : null,
      button(host.say("receipt_print"), () => print(), "hoc-quiet")),
    chat ? null : ways);
}

// Browsers inside chat programs keep no file, and none shares a zip: the same hand-in goes as text, there before all else.
function otherWays(host, name, text, first) {
  const file = new File([text], name.replace(/zip$/u, "txt"), { type: "text/plain" });
  const heard = h("p", { role: "status", class: "hoc-note" });
  const area = h("textarea", { readonly: true, rows: "4", "aria-label": host.say("as_text") });
  area.value = text;
  async function copy() {
    area.select();
    const done = (await navigator.clipboard?.writeText(text).then(() => true, () => false)) || document.execCommand("copy");
    heard.textContent = host.say(done ? "as_text_copied" : "as_text_by_hand");
  }
  const share = navigator.canShare?.({ files: [file] })
    ? button(host.say("receipt_share"), () => navigator.share({ files: [file], title: name }).catch(() => {}), "hoc-quiet")
    : null;
  return h("details", { class: "hoc-fold hoc-no-print", open: first },
    h("summary", {}, host.say(first ? "chat_ways" : "other_ways")),
    h("p", {}, host.say("as_text_help")),
    h("p", { class: "hoc-row" }, share, button(host.say("as_text_copy"), copy, first ? "hoc-button" : "hoc-quiet"), button(host.say("as_text_save"), () => save(file.name, text, "text/plain"), "hoc-quiet")),
    area, heard);
}
