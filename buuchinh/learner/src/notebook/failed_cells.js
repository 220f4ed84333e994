// After all cells have run: how many had an error, once, with a way to the first of them, which mostly brought the others.
import { button, h } from "../question/dom.js";
import { hostAt } from "./notebook_host.js";

const HEADING = /^#+\s+(.+)$/gmu;
const noticeOf = new WeakMap(); // a page and the notice on it

export async function tellFailed(panel, cells) {
  noticeOf.get(panel)?.remove();
  noticeOf.delete(panel);
  if (cells.length === 0) return;
  const host = await hostAt(panel.context.path);
  const all = panel.content.widgets;
  const close = () => tellFailed(panel, []);
  const go = () => {
    void close();
    panel.content.activeCellIndex = all.indexOf(cells[0]);
    cells[0].editor?.focus(); // it listens to Shift+Enter
    cells[0].node.scrollIntoView({ block: "center" });
  };
  const notice = h("div", { class: "bc-live hoc hoc-told bc-failed", lang: "vi" },
    h("p", { role: "alert" }, host.say(cells.length > 1 ? "cells_failed_many" : "cells_failed", { count: cells.length, where: headingOf(all, all.indexOf(cells[0])) })),
    h("p", { class: "hoc-row" }, button(host.say("cells_failed_go"), go, "hoc-button"), button(host.course.words.law.close, close, "hoc-quiet")));
  notice.setAttribute("data-lm-suppress-shortcuts", "true");
  noticeOf.set(panel, notice);
  panel.node.append(notice);
}

// Returns the heading above a cell, without its marks.
function headingOf(cells, index) {
  for (const cell of cells.slice(0, index).reverse()) {
    const heading = cell.model.type === "markdown" ? [...cell.model.sharedModel.getSource().matchAll(HEADING)].at(-1) : null;
    if (heading) return heading[1].replace(/[*_`]/gu, "").trim();
  }
  return "";
}
