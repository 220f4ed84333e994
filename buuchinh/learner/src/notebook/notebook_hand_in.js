// Handing in from a notebook: it is saved first, then the server packs it; the receipt comes from the server.
import { button, h } from "../question/dom.js";
import { numbered } from "../logic/variants.js";
import { listed } from "../screens/listed.js";
import { answeredRows, receiptScreen, way } from "../screens/receipt.js";
import { handedWords, mayAsk, sentAt, sentWords, tellSent, watchSent } from "../work/sent.js";
import { addressOf, post } from "./api.js";
import { printAlone } from "./print_alone.js";

const SOON = 300; // milliseconds after an answer

// Saves the notebook and has the server pack it. `to_run` is what the server asks first, before it packs anything.
export async function packedUp(host, page, _entries, _partly, anyway = false) {
  await host.settled();
  await host.save();
  const receipt = await post("submissions", { notebook: host.notebook, unit: page.id, ...(anyway && { anyway }) });
  if (receipt.to_run) return receipt;
  await host.journal.refresh();
  const { work } = await host.unit(page.id);
  work.changed();
  return receipt;
}

// Shows at the top of an exercise when it was handed in, what changed since, and a button to go there. `dispose` removes it.
export function handedNotice(host, page, work, element) {
  const status = h("p", {});
  const answer = h("a", { target: "_blank", rel: "noopener", hidden: true }, host.say("feedback_open"));
  const toButton = () => {
    element.scrollIntoView({ block: "start" });
    element.querySelector(".hoc-pack")?.focus({ preventScroll: true });
  };
  const notice = h("div", { class: "hoc hoc-told bc-handed-notice", lang: "vi", hidden: true }, status, h("p", {}, answer), button(host.say("hand_in_go"), toButton, "hoc-quiet"));
  element.closest(".jp-Notebook")?.querySelector(".jp-Cell")?.append(notice);
  let waiting = 0;

  function draw() {
    const last = host.journal.submissions(page.id).at(-1);
    notice.hidden = !last;
    answer.hidden = !last?.feedback;
    if (last?.feedback) answer.href = host.fileAt(last.feedback);
    if (last) status.textContent = [handedWords(host, last), last.later.length ? host.say("changed_since", { numbers: last.later.join(", ") }) : ""].join(". ");
  }

  // Asks the server, which has the file, what has changed since.
  function look() {
    draw();
    clearTimeout(waiting);
    if (!notice.hidden) waiting = window.setTimeout(() => host.journal.lookSubmitted(page.id).then(draw, () => {}), SOON);
  }

  work.watch(look);
  const stop = watchSent(draw);
  draw();
  return {
    dispose() {
      stop();
      clearTimeout(waiting);
      notice.remove();
    },
  };
}

// Returns the earlier hand-ins: whether the last of them was sent, each file to download, which answers have changed since.
export function earlierView(host, page, handedIn, _numbers, { moved = (_stage) => {} } = {}) {
  const all = [...host.journal.submissions(page.id)].reverse();
  const sending = h("p", { class: "hoc-row" });

  function draw() {
    const sent = sentAt(handedIn);
    const tell = (now) => () => {
      tellSent(handedIn.file, now);
      draw();
    };
    sending.replaceChildren(h("span", { class: sent ? "hoc-chip hoc-chip-done" : "hoc-chip" }, sentWords(host, handedIn)),
      mayAsk(handedIn) ? host.say("sent_ask") : "", handedIn.delivered ? null : sent ? button(host.say("sent_undo"), tell(false), "hoc-quiet") : button(host.say("sent"), tell(true), "hoc-quiet hoc-choice"));
    moved(sent ? 4 : 3);
  }

  draw();
  return h("div", { class: "hoc-note" },
    handedIn.later.length ? h("p", {}, host.say("changed_since", { numbers: handedIn.later.join(", ") })) : null,
    sending,
    h("details", {}, h("summary", {}, host.say("handed_all", { count: all.length })),
      h("ul", {}, ...all.map(({ path, file, words }) => h("li", {}, h("a", { href: fileAddress(path), download: file }, words))))));
}

const fileAddress = (path) => `${addressOf("files", path)}?download=1`;

export function receiptView(host, page, receipt, _numbers, { manual = [], moved = undefined } = {}) {
  const rows = [
    [host.say("receipt_unit"), page.title], [host.say("receipt_who"), receipt.code], [host.say("receipt_at"), receipt.at], [host.say("receipt_to"), receipt.delivered ? host.say("receipt_box") : host.course.leader],
    ...answeredRows(host, { done: receipt.answered, total: receipt.total, empty: receipt.unanswered, partly: receipt.partly }),
    [host.say("receipt_file"), receipt.file], [host.say("receipt_place"), receipt.folder],
  ];
  const status = h("p", { role: "status", class: "hoc-note" });
  async function copy() {
    const text = [host.say("receipt_paper"), ...[...rows, [host.say("receipt_check"), receipt.check]].map(([title, value]) => `${title}: ${value}`)].join("\n");
    const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    status.textContent = host.say(done ? "receipt_copied" : "receipt_by_hand");
  }
  const { leader_channel: channel } = host.course;
  const view = receiptScreen(host, {
    file: receipt.file,
    delivered: receipt.delivered,
    rows,
    check: receipt.check,
    moved,
    title: host.say("receipt_next_title"),
    next: host.say("receipt_send"),
    ways: [
      h("a", { class: "hoc-quiet hoc-choice", href: fileAddress(receipt.path), download: receipt.file }, host.say("receipt_download")),
      way(channel || host.say("way_message"), host.say("way_folder_how", { folder: receipt.folder }), channel ? host.say("way_asked") : null),
      way(host.say("way_stick"), host.say("way_folder_how", { folder: receipt.folder })),
    ],
    more: [
      button(host.say("receipt_print"), () => printAlone(view.querySelector(".hoc-slip"), host.say("receipt_paper")), "hoc-quiet"),
      button(host.say("receipt_copy"), copy, "hoc-quiet"),
    ],
    notes: [host.say("receipt_anew"), ...(manual.length ? [host.say("receipt_by_person", { numbers: listed(host, manual.map((id) => numbered(page).get(id))) })] : [])],
  });
  view.firstChild.append(status, receipt.warning ? h("p", { class: "hoc-asked", role: "alert" }, receipt.warning) : "");
  return view;
}
