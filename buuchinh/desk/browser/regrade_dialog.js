// Corrects a released answer key: who goes down first, who up, who moves within, what stays; then the reason, and one button.
// It is pressed with Ctrl Enter or itself: Enter alone writes a new line, since this moves people.
import { after, button } from "./acting.js";
import { h, tell, words } from "./dom.js";
import { NotDone, readRegrade, sendRegrade } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";

/** The typed reason and the chosen provision, which a new preview keeps. @typedef {{ reason: string, provision: string }} Typed */

/** @param {{ unit: string }} of @param {(restored: boolean) => void} closed */
export async function openRegrade({ unit }, closed) {
  const preview = await loaded(() => readRegrade(unit));
  if (preview) show(preview, { reason: "", provision: "" }, closed, "");
}

/** @param {() => Promise<RegradePreview>} send */
async function loaded(send) {
  try {
    return await send();
  } catch (error) {
    tell(error instanceof NotDone && error.status ? error.message : words.gone, "", true);
    return null;
  }
}

/** @param {RegradePreview} preview @param {Typed} typed @param {(restored: boolean) => void} closed @param {string} notice */
function show(preview, typed, closed, notice) {
  const { unit } = preview;
  const reason = h("textarea", { id: "regrade-reason", class: "reason", "aria-describedby": "regrade-why", maxlength: "600" }, typed.reason);
  const provision = preview.provisions.length > 0 && h("select", { id: "regrade-provision", class: "choose" },
    h("option", { value: "" }, words.regrade_no_provision), preview.provisions.map((choice) => h("option", { value: choice.ref, selected: choice.ref === typed.provision }, choice.text)));
  const write = button(preview.button, send, "main");
  const why = h("p", { class: "why", id: "regrade-why", role: "status" });
  const now = () => ({ reason: reason.value, provision: provision ? provision.value : "" });
  const versions = preview.versions.map((version) => h("label", { class: "version" },
    h("input", { type: "checkbox", value: version.id, checked: version.chosen, on: { change: again } }), h("span", null, version.text, version.about && h("span", { class: "soft" }, ` · ${version.about}`))));
  const chosen = () => /** @type {HTMLInputElement[]} */ ([...dialog.querySelectorAll(".version input")]).filter((input) => input.checked).map((input) => input.value);

  function ready() {
    const missing = preview.needs_reason && !reason.value.trim();
    write.disabled = missing;
    why.textContent = missing ? words.regrade_reason_missing : "";
    return !missing;
  }

  async function again() {
    const fresh = await loaded(() => readRegrade(unit, chosen()));
    if (fresh) show(fresh, now(), closed, "");
  }

  async function send() {
    if (!ready()) return reason.focus();
    try {
      const values = { ...now(), seen: preview.fingerprint, only: preview.only, versions: chosen() };
      const started = await sendRegrade(unit, values);
      closeSheet();
      tell(started.text);
      after.again();
    } catch (error) {
      const fresh = error instanceof NotDone && error.body?.preview;
      if (fresh) show(fresh, now(), closed, `${error.message} ${words.regrade_changed}`);
      else tell(error instanceof NotDone && error.status ? error.message : words.gone, "", true);
    }
  }

  const body = [
    preview.questions.map((question) => h("div", { class: "keys-of" },
      h("p", { class: "stem" }, h("b", null, `${question.number}.`), " ", question.stem),
      question.note ? h("p", { class: "soft" }, question.note) : h("div", { class: "both" },
        h("div", { class: "key" }, h("b", null, words.regrade_before), entries(question.before)),
        h("div", { class: "key fresh" }, h("b", null, words.regrade_after), entries(question.after))))),
    h("ul", { class: "tally" }, preview.counts.map((count) => h("li", { class: count.count ? `tone-${count.tone}` : "none" }, h("b", null, count.count), h("span", null, count.text)))),
    moves(preview.moves),
    preview.ungraded && h("p", { class: "tone-open" }, preview.ungraded),
    preview.kept.map((text) => h("p", { class: "soft" }, text)),
    versions.length > 0 && h("fieldset", { class: "versions" }, h("legend", null, words.regrade_versions), versions),
    h("div", { class: "write" },
      h("div", null, preview.needs_reason && [h("label", { for: "regrade-reason" }, words.regrade_reason, h("span", { class: "soft" }, ` ${words.regrade_reason_for}`)), reason, why],
        preview.needs_reason && provision && h("p", { class: "provision" }, h("label", { for: "regrade-provision" }, words.regrade_provision), provision)),
      h("div", { class: "stays" }, h("p", null, h("b", null, words.regrade_stays), ` ${words.regrade_stays_what}`), h("p", null, h("b", null, words.regrade_after_that), ` ${preview.after}`))),
  ];
  const lead = [h("p", { class: "soft" }, preview.lead), notice && h("p", { class: "notice", role: "alert" }, notice)];
  const foot = [write, button(words.regrade_keep, closeSheet, "quiet"),
    h("span", { class: "keys" }, `${words.regrade_backup} · `, h("kbd", null, "Ctrl"), " ", h("kbd", null, "Enter"), ` ${words.regrade_write_key} · `, h("kbd", null, "Esc"), ` ${words.regrade_close_key}`)];
  const dialog = openSheet({ title: preview.title, lead, body, foot, kind: "wide regrade", first: preview.needs_reason ? ".reason" : "h2", closed });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      write.click();
    }
  });
  reason.addEventListener("input", ready);
  ready();
  return dialog;
}

/** @param {string[]} texts */
const entries = (texts) => (texts.length > 1 ? h("ul", null, texts.map((text) => h("li", null, text))) : h("span", null, texts[0] ?? words.regrade_nothing));

/** Return two lists beside each other: who crosses the pass mark and who moves within, or, if all cross it, who goes down and who up. @param {PersonMove[]} all */
function moves(all) {
  if (!all.length) return h("p", { class: "soft" }, words.regrade_nobody);
  const within = all.filter((change) => !change.sign), cross = all.filter((change) => change.sign);
  /** @type {[string, PersonMove[]][]} */
  const sides = within.length
    ? [[words.regrade_cross, cross], [words.regrade_within, within]]
    : [[words.regrade_down, cross.filter((change) => change.sign === "↓")], [words.regrade_up, cross.filter((change) => change.sign === "↑")]];
  return h("div", { class: "moves" }, sides.map(([label, those]) => those.length > 0 && h("ul", { tabindex: "0", "aria-label": label }, those.map(move))));
}

/** @param {PersonMove} change */
const move = (change) => h("li", { class: `tone-${change.tone}` },
  h("b", null, change.code), h("span", { class: "who" }, change.name),
  h("span", { class: "num" }, change.before, h("span", { "aria-hidden": "true" }, " → "), h("span", { class: "unseen" }, ` ${words.regrade_to} `), h("b", null, change.after)),
  h("span", { class: "result" }, change.sign && h("span", { "aria-hidden": "true" }, `${change.sign} `), change.text));
