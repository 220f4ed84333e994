// The page of a class's results: prints it, packs feedback, makes reports, and asks every two seconds how far the work is.
import { button, done, opens, perform } from "./acting.js";
import { askAnyway } from "./ask_anyway.js";
import { showHead } from "./desk_head.js";
import { at, embeddedData, filled, h, words } from "./dom.js";
import { showFoot } from "./foot_line.js";
import { poll } from "./polling.js";
import { openRegrade } from "./regrade_dialog.js";
import { fileAddress, xsrf } from "./server.js";

/** Reports that are made for all, whatever unit is shown. */
const OF_COURSE = ["report_course", "report_tests"];
const NAMED = "buuchinh-desk-named";
const page = /** @type {ResultsPayload} */ (embeddedData("data"));
let ended = page.foot.ended?.id ?? "";

/** @type {NodeListOf<HTMLElement>} */
const reports = document.querySelectorAll("[data-report]");

for (const row of reports) {
  const action = row.dataset.report ?? "", make = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
  make.addEventListener("click", () => runOnce(make, () => done("viec", { action, ...queryOf(action) })));
}

/** @param {string} action */
function queryOf(action) {
  const unit = OF_COURSE.includes(action) ? {} : { unit: page.unit };
  return action === "report_tests" ? unit : { ...unit, names: named.checked };
}

/**
 * Do something once at a time, whatever is clicked meanwhile.
 * @param {HTMLElement} pressed @param {() => Promise<any>} act
 */
async function runOnce(pressed, act) {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  try {
    await act();
  } finally {
    pressed.removeAttribute("aria-disabled");
  }
}

/** Offer names in reports, as was chosen last, also on another unit's page; while projecting, no report is made with names. @param {boolean} projecting */
function offerNames(projecting) {
  named.disabled = projecting;
  named.checked = !projecting && sessionStorage.getItem(NAMED) !== null;
}

/** @param {DeskFrame} frame */
async function show({ head, foot }) {
  showHead(head);
  showFoot(foot);
  offerNames(head.projecting);
  if ((foot.ended?.id ?? "") === ended) return;
  ended = foot.ended?.id ?? "";
  await Promise.all([showFiles(), showFigures()]);
}

/** Show the figures anew where they have changed: after grading, or after a key was corrected. */
async function showFigures() {
  const answer = await fetch(location.href, { credentials: "same-origin", headers: xsrf() });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".told");
  const place = document.querySelector(".told");
  if (fresh && place && fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
}

/** Show how far feedback is, unit by unit; a button does what the head of the unit's column does. @param {FeedbackRow[]} rows */
function showFeedback(rows) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement?.closest("#feedback li"))?.dataset.unit;
  at("feedback").replaceChildren(...(rows.length ? rows.map(feedbackRow) : [h("li", { class: "soft" }, words.feedback_none)]));
  if (focused) at("feedback").querySelector(`[data-unit="${focused}"]`)?.querySelector("button, a")?.focus();
}

/** @param {FeedbackRow} row */
const feedbackRow = ({ unit, name, text, about, done: sent, file, button: act }) => h("li", { data: { unit } },
  h("div", null, h("span", null, h("b", null, name), ` ${text}`), h("span", { class: "soft" }, about),
    file && h("span", { class: "files" }, h("a", { href: `${fileAddress(file)}?download=1`, download: true, "aria-label": `${words.give_load}: ${name}` }, words.give_load))),
  sent && h("span", { class: "chip sent" }, sent),
  act && button(act.text, () => perform(act), act.kind === "job" ? "small" : "small grey", { "aria-label": `${name}: ${act.text}` }));

async function showFiles() {
  const query = page.unit ? `?${new URLSearchParams({ bai: page.unit })}` : "";
  const answer = await fetch(`${document.body.dataset.desk}/ket-qua/tep${query}`, { credentials: "same-origin", headers: xsrf() });
  if (!answer.ok) return;
  const { reports: files, feedback } = await answer.json();
  showFeedback(feedback);
  for (const row of reports) {
    at(`made-${row.dataset.report}`).textContent = files[row.dataset.report ?? ""]?.made ?? "";
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (row.querySelectorAll("[data-file]"))) {
      const path = files[row.dataset.report ?? ""]?.[link.dataset.file ?? ""];
      link.hidden = !path;
      if (path) link.href = fileAddress(path) + (link.hasAttribute("download") ? "?download=1" : "");
    }
  }
}

const named = /** @type {HTMLInputElement} */ (at("named"));
offerNames(at("project").getAttribute("aria-pressed") === "true");
named.addEventListener("change", () => (named.checked ? sessionStorage.setItem(NAMED, "") : sessionStorage.removeItem(NAMED)));
document.addEventListener("click", ({ target }) => {
  const pressed = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest("#print, [data-corrected]"));
  if (pressed?.id === "print") window.print();
  else if (pressed) runOnce(pressed, async () => opens.regrade({ unit: pressed.dataset.corrected }));
});
const desk = document.body.dataset.desk ?? "";
opens.decisions = opens.cell = () => location.assign(desk);
opens.mark = ({ unit }) => location.assign(filled(document.body.dataset.marking ?? "", { unit }));
opens.regrade = (request) => openRegrade(request, () => {});
opens.question = (question) => askAnyway(question, () => {});
const correct = at("regrade");
correct?.addEventListener("click", () => runOnce(correct, async () => opens.regrade({ unit: page.regrade })));
showFeedback(page.feedback);
poll("khung", show);
showFoot(page.foot);
