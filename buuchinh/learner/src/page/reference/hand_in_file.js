// The file of a hand-in and its receipt: to save, to print, to send as text.
import { button, h } from "../../question/dom.js";
import { hourOf } from "../../logic/answer_entries.js";
import { listed } from "../../screens/listed.js";
import { answeredRows, receiptScreen, way } from "../../screens/receipt.js";
import { inChat, save } from "../download.js";
import { asText, packed } from "./packing.js";

const TESTS = ["kt1", "kt2"];

// Makes the file of a hand-in, notes it down and, if the browser saves files, has it downloaded. The notebook contains none of
// the answers given here, so an earlier version's is left out, and so is any notebook if the file goes as text, most of which
// it would be: collect takes the released one.
export async function packedUp(host, page, entries, partly = "") {
  const made = await fileOf(host, page, entries);
  await host.journal.write("submission", { at: made.receipt.at, check: made.receipt.check, file: made.name, receipt: made.receipt, partly }, page.id);
  if (!inChat()) save(made.name, made.bytes, "application/zip");
  return { ...made, partly };
}

// Makes the file of a hand-in at a moment.
async function fileOf(host, page, entries, now = new Date()) {
  const answersAlone = inChat() && Object.keys(entries).length > 0; // with neither answers nor a notebook it would be refused as empty
  const { notebook, zip } = await host.forHandIn(page.id, !answersAlone && page.version === host.course.units[page.id].version);
  const finished = {};
  for (const unit of TESTS) {
    const end = await host.journal.read("finished", unit);
    if (end) finished[unit] = end;
  }
  return packed({ page, code: host.person, entries, notebook, finished, remarks: Object.values(await host.journal.remarks()), zip, now });
}

// Makes the file of an earlier hand-in again, so that it can still be sent; null if anything in it has changed since.
async function madeAgain(host, page, entries, receipt) {
  const made = await fileOf(host, page, entries, new Date(receipt.at));
  return made.receipt.check === receipt.check ? made.bytes : null;
}

// Returns the receipt of the earlier hand-in of this version of the sheet, with its file as long as nothing has changed; null if
// the receipt is missing.
export async function earlierView(host, page, { file, receipt, partly }, numbers, { entries, ...more }) {
  if (receipt?.version !== page.version) return null;
  const bytes = await madeAgain(host, page, entries, receipt).catch(() => null); // its scripts may be out of reach
  return receiptView(host, page, { name: file, bytes, receipt, partly }, numbers, more);
}

// Returns the receipt; without ``bytes``, that of an earlier hand-in changed since, to read, print and compare. If the sheet no longer
// exists, the ``numbers`` of its questions are unknown: then questions are counted. A question without one is not done on
// pages.
export function receiptView(host, page, { name, bytes, receipt, partly }, numbers = null, { manual = [], changed = [], moved = undefined } = {}) {
  const known = (ids) => (numbers ? ids.filter((id) => numbers.has(id)) : ids);
  const [answered, empty] = [receipt.answered, receipt.unanswered].map(known);
  const halves = partly ? partly.split(", ") : [];
  const rows = [
    [host.say("receipt_unit"), page.title], [host.say("receipt_who"), receipt.code], [host.say("receipt_at"), hourOf(receipt.at)], [host.say("receipt_to"), host.course.leader],
    ...answeredRows(host, { done: answered.length - halves.length, total: answered.length + empty.length, empty: numbers && empty.map((id) => numbers.get(id)), partly: halves }),
    [host.say("receipt_file"), name],
  ];
  const chat = Boolean(bytes) && inChat();
  const text = bytes ? asText(bytes, host.say("as_text_head", { unit: page.title, code: receipt.code })) : "";
  const onPaper = button(host.say("receipt_print"), () => print(), "hoc-quiet");
  return receiptScreen(host, {
    file: name,
    rows,
    check: receipt.check,
    moved,
    title: host.say(chat ? "receipt_chat" : bytes ? "receipt_next_title" : "receipt_earlier"),
    next: host.say(chat ? "receipt_next_chat" : bytes ? "receipt_next" : "receipt_before", { file: name }),
    ways: bytes && !chat ? waysOf(host, name, text) : [],
    changed: changed.length ? { title: host.say("changed_title"), next: host.say("changed_next", { at: hourOf(receipt.at), numbers: listed(host, changed) }) } : null,
    first: chat ? (sent) => chatWay(host, name, text, sent) : null,
    more: [bytes && !chat ? button(host.say("receipt_again"), () => save(name, bytes, "application/zip"), "hoc-quiet") : null, onPaper].filter(Boolean),
    notes: [host.say("receipt_anew"), ...(manual.length ? [host.say("receipt_by_person", { numbers: listed(host, manual.map((id) => numbers.get(id))) })] : [])],
  });
}

// Returns the ways to send a file: by the leader's channel, by another program of the telephone, as text, or by hand.
function waysOf(host, name, text) {
  const { leader_channel: channel } = host.course;
  const share = sharing(host, name, text);
  return [
    ...(share ? [share] : []),
    way(channel || host.say("way_message"), host.say("way_message_how"), channel ? host.say("way_asked") : null),
    h("details", { class: "hoc-way-fold" }, h("summary", {}, host.say("other_ways"), h("span", {}, host.say("other_ways_how"))), ...textWay(host, name, text, "hoc-quiet hoc-choice")),
    way(host.say("way_stick"), host.say("way_stick_how")),
  ];
}

// Returns a button that opens the telephone's other programs, null without them; none of them takes a zip from a browser.
function sharing(host, name, text) {
  const file = new File([text], name.replace(/zip$/u, "txt"), { type: "text/plain" });
  if (!navigator.canShare?.({ files: [file] })) return null;
  return button(host.say("receipt_share"), () => navigator.share({ files: [file], title: name }).catch(() => {}), "hoc-quiet hoc-choice");
}

// Returns the same hand-in as text: copied, or selected for those who have to copy it by hand.
function textWay(host, name, text, kind) {
  const status = h("p", { role: "status", class: "hoc-note" });
  const area = h("textarea", { readonly: true, rows: "4", "aria-label": host.say("as_text") });
  area.value = text;
  async function copy() {
    area.select();
    const done = (await navigator.clipboard?.writeText(text).then(() => true, () => false)) || document.execCommand("copy");
    if (!done) area.focus();
    status.textContent = host.say(done ? "as_text_copied" : "as_text_by_hand");
  }
  const keep = () => save(name.replace(/zip$/u, "txt"), text, "text/plain");
  return [area, h("p", { class: "hoc-row" }, button(host.say("as_text_copy"), copy, kind), kind === "hoc-button" ? null : button(host.say("as_text_save"), keep, "hoc-quiet")), status];
}

// Returns the steps inside a chat program, with the text before all else: its browser saves no file.
function chatWay(host, name, text, sent) {
  const { leader_channel: channel } = host.course;
  const keep = () => save(name.replace(/zip$/u, "txt"), text, "text/plain");
  return h("div", {},
    h("ol", { class: "hoc-how" },
      h("li", {}, h("p", {}, h("strong", {}, host.say("chat_copy"))), ...textWay(host, name, text, "hoc-button")),
      h("li", {}, h("p", {}, h("strong", {}, host.say("chat_paste"))), h("p", { class: "hoc-note" }, channel ? `${channel}. ` : "", host.say("chat_paste_how"))),
      h("li", {}, h("p", {}, h("strong", {}, host.say("chat_back"))), sent)),
    h("details", { class: "hoc-fold" }, h("summary", {}, host.say("chat_ways")), h("p", {}, host.say("chat_ways_how")), h("p", {}, button(host.say("as_text_save"), keep, "hoc-quiet hoc-choice"))));
}
