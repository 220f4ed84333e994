// The page of a class's results: prints it, makes reports, and asks every two seconds how far the work is.
import { done } from "./acting.js";
import { showHead } from "./desk_head.js";
import { at, embeddedData } from "./dom.js";
import { showFoot } from "./foot_line.js";
import { poll } from "./polling.js";
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
  await showFiles();
}

async function showFiles() {
  const query = page.unit ? `?${new URLSearchParams({ bai: page.unit })}` : "";
  const answer = await fetch(`${document.body.dataset.desk}/ket-qua/tep${query}`, { credentials: "same-origin", headers: xsrf() });
  if (!answer.ok) return;
  const files = await answer.json();
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
at("print").addEventListener("click", () => window.print());
poll("khung", show);
showFoot(page.foot);
