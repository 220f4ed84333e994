// The page of a class's results: prints it, makes reports, and asks every two seconds how far the work is.
import { after, done } from "./acting.js";
import { at, given, words } from "./dom.js";
import { showFoot } from "./foot_line.js";
import { ask, fileAddress, NotDone } from "./server.js";

const EVERY = 2000;
/** Reports that are made for all, whatever unit is shown. */
const OF_COURSE = ["report_course", "report_tests"];
const shown = given("data");
let ended = shown.foot.ended?.id ?? "";
let projecting = at("project").getAttribute("aria-pressed") === "true";

/** @type {NodeListOf<HTMLElement>} */
const reports = document.querySelectorAll("[data-report]");

for (const row of reports) {
  const action = row.dataset.report ?? "", make = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
  make.addEventListener("click", () => once(make, () => done("viec", { action, ...asked(action) })));
}

/** @param {string} action */
function asked(action) {
  const unit = OF_COURSE.includes(action) ? {} : { unit: shown.unit };
  return action === "report_tests" ? unit : { ...unit, names: at("named").checked };
}

/**
 * Do something once at a time, whatever is clicked meanwhile.
 * @param {HTMLElement} pressed @param {() => Promise<any>} does
 */
async function once(pressed, does) {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  try {
    await does();
  } finally {
    pressed.removeAttribute("aria-disabled");
  }
}

let asking = false;

async function look() {
  if (asking) return;
  asking = true;
  try {
    const fresh = await ask("khung");
    at("gone").hidden = true;
    if (fresh) await show(fresh);
  } catch (error) {
    at("gone").textContent = error instanceof NotDone && error.status ? error.message : words.gone;
    at("gone").hidden = false;
  } finally {
    asking = false;
  }
}

/** @param {any} frame */
async function show({ head, foot }) {
  projecting = head.projecting;
  at("project").setAttribute("aria-pressed", String(projecting));
  at("class-name").textContent = head.name;
  at("class-about").textContent = head.about;
  at("backup").textContent = head.backup;
  at("waiting").textContent = head.waiting;
  at("waiting").hidden = !head.waiting;
  showFoot(foot);
  if ((foot.ended?.id ?? "") === ended) return;
  ended = foot.ended?.id ?? "";
  await showFiles();
}

async function showFiles() {
  const query = shown.unit ? `?${new URLSearchParams({ bai: shown.unit })}` : "";
  const answer = await fetch(`${document.body.dataset.base}/giang-vien/ket-qua/tep${query}`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const files = await answer.json();
  for (const row of reports) {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (row.querySelectorAll("[data-file]"))) {
      const path = files[row.dataset.report ?? ""]?.[link.dataset.file ?? ""];
      link.hidden = !path;
      if (path) link.href = fileAddress(path) + (link.hasAttribute("download") ? "?download=1" : "");
    }
  }
}

at("print").addEventListener("click", () => window.print());
at("project").addEventListener("click", () => once(at("project"), () => done("chieu", { on: !projecting })));
after.again = look;
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(() => document.hidden || look(), EVERY);
showFoot(shown.foot);
