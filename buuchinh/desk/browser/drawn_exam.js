// The page of a drawn exam: releases it or draws it anew, and shows no question while the desk is projected.
import { done } from "./acting.js";
import { showHead } from "./desk_head.js";
import { embeddedData } from "./dom.js";
import { showFoot } from "./foot_line.js";
import { poll } from "./polling.js";

const page = /** @type {DrawnExamPayload} */ (embeddedData("data"));
const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const covered = main.querySelector(".read") === null;
const ended = page.foot.ended?.id;
/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = main.querySelectorAll("[data-action]");
let sent = false, left = false;

/** Load the page anew, without the questions meanwhile: they were projected, released or drawn anew. */
function again() {
  if (left) return;
  left = true;
  main.hidden = true;
  location.reload();
}

/** @param {DeskFrame} frame */
function show({ head, foot }) {
  if (head.projecting !== covered || (foot.ended?.id !== ended && !foot.job)) {
    again();
    return;
  }
  showHead(head);
  showFoot(foot);
  for (const button of buttons) button.setAttribute("aria-disabled", String(sent || foot.job !== null));
}

for (const button of buttons) {
  button.addEventListener("click", async () => {
    if (sent || button.getAttribute("aria-disabled") === "true") return;
    sent = true;
    const { action, redraw } = button.dataset;
    await done("viec", { action, unit: page.unit, read: page.read, redraw: Boolean(redraw) });
    sent = false;
  });
}
show(page);
poll("khung", show);
