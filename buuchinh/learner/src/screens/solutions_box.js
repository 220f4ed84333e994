// Opens a file of solutions by a button or by dropping it, on the first page, beside a sheet and at its end; says so, or why
// not, in one sentence.
import { button, h } from "../question/dom.js";
import { takeSolutions } from "../work/solutions.js";
import { codeForm } from "./code_form.js";

/** @param {Host} host */
export function solutionsBox(host) {
  const status = h("p", { class: "hoc-note", role: "status" });
  const place = h("div", {});
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: () => take(input.files[0]) }));
  const box = h("div", { class: "hoc-solutions", ondragover: (event) => event.preventDefault(), ondrop: onDrop },
    h("p", { class: "hoc-row" }, button(host.say("solutions_open"), () => input.click(), "hoc-quiet hoc-choice"), input), h("p", { class: "hoc-note" }, host.say("solutions_what")), status, place);

  function onDrop(event) {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    take(file);
  }

  async function take(file) {
    if (!file) return;
    status.textContent = "";
    if (!host.person) {
      status.textContent = host.say("solutions_code");
      place.replaceChildren(codeForm(host, () => take(file)));
      place.querySelector("input").focus();
      return;
    }
    try {
      await showSolutions(host, file);
    } catch (error) {
      status.textContent = error.message || host.say("solutions_bad");
      status.className = "hoc-asked";
    }
    input.value = ""; // the same file may be chosen again
  }

  return box;
}

// Takes over a file, and shows the sheet that it is about.
/** @param {Host} host */
export async function showSolutions(host, file) {
  const unit = await takeSolutions(host, file);
  if (host.kind === "page" && !location.hash.startsWith(`#/${unit}/`)) {
    const navigation = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = `#/${unit}/1`;
    await navigation;
  } else await host.open();
  host.announce(host.say("solutions_opened", { title: host.titleOf(unit) }));
}

// Says what the device could mark, with a way to put the solutions away.
/** @param {Host} host */
export function solutionsResult(host, page, { right, total, person }) {
  const away = async () => {
    await host.solutions.write(page.id, null);
    await host.open();
  };
  return h("div", { class: "hoc-solutions-told" },
    h("p", {}, h("strong", {}, host.say("solutions_score", { right, total })), " ", person ? host.say("solutions_by_person", { count: person }) : ""),
    h("p", { class: "hoc-note" }, host.say("solutions_note")),
    h("p", {}, button(host.say("solutions_away"), away, "hoc-quiet")));
}
