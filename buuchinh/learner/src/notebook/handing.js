// Handing in from a notebook: it is saved first, then the server packs it; the receipt is the server's.
import { button, h } from "../question/dom.js";
import { addressOf, post } from "./api.js";
import { printAlone } from "./print_alone.js";

const SOON = 300; // milliseconds after an answer

export async function packedUp(host, page) {
  await host.settled();
  await host.save();
  const receipt = await post("submissions", { notebook: host.notebook, unit: page.id });
  await host.journal.refresh();
  const { work } = await host.unit(page.id);
  work.changed();
  return receipt;
}

// At the top of an exercise: when it was handed in, what has changed since, and a way to the button. Gone with `dispose`.
export function handedNotice(host, page, work, element) {
  const told = h("p", {});
  const toButton = () => {
    element.scrollIntoView({ block: "start" });
    element.querySelector(".hoc-hand-in > button")?.focus({ preventScroll: true });
  };
  const notice = h("div", { class: "hoc hoc-told bc-handed-notice", lang: "vi", hidden: true }, told, button(host.say("hand_in_go"), toButton, "hoc-quiet"));
  element.closest(".jp-Notebook")?.querySelector(".jp-Cell")?.append(notice);
  let waiting = 0;

  function draw() {
    const last = host.journal.submissions(page.id).at(-1);
    notice.hidden = !last;
    if (last) told.textContent = [host.say("handed_in_at", { at: last.words }), last.later.length ? host.say("changed_since", { numbers: last.later.join(", ") }) : ""].join(". ");
  }

  // What has changed since is known to the server, which has the file.
  function look() {
    draw();
    clearTimeout(waiting);
    if (!notice.hidden) waiting = window.setTimeout(() => host.journal.lookSubmitted(page.id).then(draw, () => {}), SOON);
  }

  work.watch(look);
  draw();
  return {
    dispose() {
      clearTimeout(waiting);
      notice.remove();
    },
  };
}

// What was handed in before, each file to be had again, and which answers have changed since the last.
export function earlierView(host, page, before) {
  const all = [...host.journal.submissions(page.id)].reverse();
  return h("div", { class: "hoc-note" },
    before.later.length ? h("p", {}, host.say("changed_since", { numbers: before.later.join(", ") })) : null,
    h("details", {}, h("summary", {}, host.say("handed_all", { count: all.length })),
      h("ul", {}, ...all.map(({ path, file, words }) => h("li", {}, h("a", { href: fileAddress(path), download: file }, words))))));
}

const fileAddress = (path) => `${addressOf("files", path)}?download=1`;

export function receiptView(host, page, receipt) {
  const numbered = (numbers) => (numbers.length ? numbers.join(", ") : host.say("receipt_none"));
  const rows = [
    [host.say("receipt_unit"), page.title], [host.say("receipt_at"), receipt.at], [host.say("receipt_who"), receipt.code],
    [host.say("receipt_answered"), host.say("done_of", { done: receipt.answered, total: receipt.total })],
    ...(receipt.partly.length ? [[host.say("receipt_partly"), numbered(receipt.partly)]] : []),
    [host.say("receipt_empty"), numbered(receipt.unanswered)],
    [host.say("receipt_file"), receipt.file], [host.say("receipt_place"), receipt.folder], [host.say("receipt_check"), receipt.check],
  ];
  const heading = h("h2", { tabindex: "-1" }, host.say("receipt"));
  const slip = h("div", {}, heading, h("dl", {}, ...rows.flatMap(([title, value]) => [h("dt", {}, title), h("dd", {}, value)])));
  const heard = h("p", { role: "status", class: "hoc-note" });
  async function copy() {
    const text = [host.say("receipt"), ...rows.map(([title, value]) => `${title}: ${value}`)].join("\n");
    const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    heard.textContent = host.say(done ? "receipt_copied" : "receipt_by_hand");
  }
  return h("div", { class: "hoc-receipt" }, slip,
    h("p", { class: "hoc-row" },
      h("a", { class: "hoc-button", href: fileAddress(receipt.path), download: receipt.file }, host.say("receipt_download")),
      button(host.say("receipt_print"), () => printAlone(slip, host.say("receipt")), "hoc-quiet"),
      button(host.say("receipt_copy"), copy, "hoc-quiet")),
    heard,
    receipt.warning ? h("p", { class: "hoc-alarm", role: "alert" }, receipt.warning) : null,
    h("p", {}, host.say("receipt_send")));
}
