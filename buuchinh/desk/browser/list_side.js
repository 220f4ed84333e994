// Beside the class list: backups, deadlines, the bundle, the folder of the class, and the dialogs that open from there.
import { button, done, lacking } from "./acting.js";
import { moment } from "./cell_sheet.js";
import { filled, h, words } from "./dom.js";
import { askAloud, fileAddress } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";
import { TakeIn } from "./take_in.js";
import { giveTime } from "./time_given.js";

let drawnData = "";
let data = /** @type {ListPayload} */ (/** @type {unknown} */ (null));

/** @param {HTMLElement} place @param {ListPayload} fresh */
export function showSide(place, fresh) {
  data = fresh;
  const content = JSON.stringify([data.backups, data.units, data.bundle, data.folder, data.others]);
  if (content === drawnData) return;
  drawnData = content;
  const focused = place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).id : "";
  place.replaceChildren(backup(), deadlines(), ...(data.head.practice ? [] : [bundle()]), folder());
  if (focused) document.getElementById(focused)?.focus();
}

/** @param {string} title @param {...any} parts */
const card = (title, ...parts) => h("section", { class: "card box-of" }, h("h2", null, title), parts);

function backup() {
  const [last] = data.backups;
  return card(words.backup_title,
    last ? [h("p", null, h("b", null, filled(words.backup_last, last))), h("p", { class: "soft" }, `${last.file} · ${last.about}`)] : h("p", null, h("b", null, words.backup_none)),
    button(words.backup_now, () => done("viec", { action: "backup" }), "main", { id: "backup-now" }),
    h("div", { class: "row" }, last && download(last.path, words.backup_copy), button(words.restore, () => openRestore(data), "small grey", { id: "restore" })),
    h("p", { class: "soft" }, words.backup_note));
}

function deadlines() {
  const set = data.units.filter((unit) => unit.deadline);
  return card(words.deadlines_title,
    set.length ? h("ul", null, set.map((unit) => h("li", null, filled(words.deadline_is, { short: unit.short, subject: "", at: unit.deadline }).replace(/ +:/, ":")))) : h("p", null, words.deadlines_none),
    button(words.deadlines_change, () => openDeadlines(data), "small grey", { id: "deadlines" }));
}

function bundle() {
  return card(words.bundle_title, h("p", null, data.bundle.about || words.bundle_none),
    h("div", { class: "row" }, data.bundle.path && download(data.bundle.path, words.bundle_copy), button(words.bundle_make, () => done("viec", { action: "bundle" }), "small grey", { id: "make-bundle" })));
}

function folder() {
  return card(words.folder_title, h("p", { class: "path" }, data.folder), button(words.other_class, () => openOtherClasses(data), "small grey", { id: "other-class" }));
}

/** @param {string} path @param {string} text */
const download = (path, text) => h("a", { class: "btn small grey", href: `${fileAddress(path)}?download=1`, download: true }, text);

/** @param {ListPayload} payload */
function openDeadlines(payload) {
  const lines = payload.units.map((unit) => h("li", null, h("div", { class: "deadline", role: "group", "aria-label": unit.short },
    moment(filled(unit.deadline ? words.deadline_is : words.deadline_none, { short: unit.short, subject: unit.subject, at: unit.deadline }), words.set_deadline, unit.until, (until, place) => giveTime("han", { unit: unit.unit, until }, place).then(again)),
    unit.deadline && button(words.deadline_remove, () => done("bo-han", { unit: unit.unit }).then(again), "small grey", { "aria-label": `${words.deadline_remove}: ${unit.short}` }))));
  openSheet({ title: words.deadlines_title, lead: h("p", { class: "soft" }, words.deadlines_lead), body: [h("ul", { class: "facts" }, lines)], first: "input[type=date]" });
}

/** @param {CallReply | null} answer */
async function again(answer) {
  const fresh = answer && (await askAloud("danh-sach", { units: "" }));
  if (fresh) openDeadlines(fresh);
}

/** @param {ListPayload} payload */
export function openRestore(payload) {
  const upload = new TakeIn("nhan-ban-sao");
  upload.files.multiple = false;
  upload.files.accept = ".zip";
  upload.rest = () => upload.place.replaceChildren(button(words.restore_other, () => upload.files.click(), "small grey"), upload.files);
  upload.ended = (answer) => openPreview(answer.file);
  upload.rest();
  const lines = payload.backups.map((copy) => h("li", null, h("span", { class: "grow" }, h("b", null, copy.at), h("span", { class: "soft" }, ` ${copy.file} · ${copy.about}`)),
    button(words.restore_see, () => openPreview(copy.file), "small", { "aria-label": `${words.restore_see}: ${copy.at}` })));
  openSheet({ title: words.restore_title, lead: h("p", { class: "soft" }, words.restore_lead), body: [lines.length ? h("ul", { class: "facts" }, lines) : h("p", null, words.restore_none), upload.place] });
}

/** @param {string} file */
async function openPreview(file) {
  const seen = /** @type {RestorePreview | null} */ (await askAloud("thay-gi", { file }));
  if (!seen) return;
  const agreed = h("input", { id: "restore-exercises", type: "checkbox" });
  const go = async () => {
    if (seen.exercises && !agreed.checked) return lacking(agreed, words.restore_lacks, restore);
    return (await done("khoi-phuc", { file, exercises: agreed.checked })) && closeSheet();
  };
  const restore = button(words.restore_go, go, "small danger");
  openSheet({
    title: filled(words.replaces_title, seen), lead: h("p", { class: "soft" }, seen.file),
    body: [h("ul", { class: "facts" }, seen.lines.map((line) => h("li", null, line))), h("p", { class: "soft" }, words.replaces_before),
      seen.exercises && [h("p", null, seen.exercises), h("label", null, agreed, " ", words.restore_exercises)]],
    foot: [button(words.cancel, closeSheet, "small"), restore], first: ".ft .btn",
  });
}

/** @param {ListPayload} payload */
export function openOtherClasses(payload) {
  const open = async (folder) => (await done("lop-khac", { folder })) && closeSheet();
  const path = h("input", { id: "other-path", autocomplete: "off", spellcheck: "false" });
  const openPath = h("button", { class: "btn small" }, words.other_open);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    return path.value.trim() ? open(path.value) : lacking(path, words.other_lacks, openPath);
  };
  const lines = payload.others.map((other) => h("li", null, h("span", { class: "grow" }, h("b", null, other.name), h("div", { class: "soft" }, other.folder)),
    button(words.other_open, () => open(other.folder), "small", { "aria-label": `${words.other_open}: ${other.name}` })));
  openSheet({
    title: words.other_title, lead: h("p", { class: "soft" }, words.other_lead),
    body: [lines.length ? h("ul", { class: "facts" }, lines) : h("p", { class: "soft" }, words.other_none),
      h("form", { class: "field other-path", on: { submit } },
        h("label", { for: "other-path" }, words.other_path, path), openPath)],
    first: lines.length ? ".body .btn" : "#other-path",
  });
}
