// Corrects a released answer key: who goes down first, who up, who moves within, what stays; then the reason, and one button.
// It is pressed with Ctrl Enter or itself: Enter alone writes a new line, since this moves people.
import { after, button } from "./acting.js";
import { h, tell, words } from "./dom.js";
import { NotDone, readRegrade, sendRegrade } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";

/** The typed reason and the chosen provision, which a new preview keeps. @typedef {{ reason: string, provision: string }} Typed */

/** @param {{ unit: string }} of @param {(restored: boolean) => void} closed */
export async function openRegrade({ unit }, closed) {
  const preview = await seen(() => readRegrade(unit));
  if (preview) show(preview, { reason: "", provision: "" }, closed, "");
}

/** @param {() => Promise<RegradePreview>} does */
async function seen(does) {
  try {
    return await does();
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
    h("option", { value: "" }, words.regrade_no_provision), preview.provisions.map((one) => h("option", { value: one.ref, selected: one.ref === typed.provision }, one.text)));
  const write = button(preview.button, send, "main");
  const why = h("p", { class: "why", id: "regrade-why", role: "status" });
  const now = () => ({ reason: reason.value, provision: provision ? provision.value : "" });
  const versions = preview.versions.map((one) => h("label", { class: "version" },
    h("input", { type: "checkbox", value: one.id, checked: one.chosen, on: { change: again } }), h("span", null, one.text, one.about && h("span", { class: "soft" }, ` · ${one.about}`))));
  const chosen = () => /** @type {HTMLInputElement[]} */ ([...dialog.querySelectorAll(".version input")]).filter((one) => one.checked).map((one) => one.value);

  function ready() {
    const missing = preview.needs_reason && !reason.value.trim();
    write.disabled = missing;
    why.textContent = missing ? words.regrade_reason_missing : "";
    return !missing;
  }

  async function again() {
    const fresh = await seen(() => readRegrade(unit, chosen()));
    if (fresh) show(fresh, now(), closed, "");
  }

  async function send() {
    if (!ready()) return reason.focus();
    try {
      const given = { ...now(), seen: preview.fingerprint, only: preview.only, versions: chosen() };
      const started = await sendRegrade(unit, given);
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
    preview.questions.map((one) => h("div", { class: "keys-of" },
      h("p", { class: "stem" }, h("b", null, `${one.number}.`), " ", one.stem),
      one.note ? h("p", { class: "soft" }, one.note) : h("div", { class: "both" },
        h("div", { class: "key" }, h("b", null, words.regrade_before), entries(one.before)),
        h("div", { class: "key fresh" }, h("b", null, words.regrade_after), entries(one.after))))),
    h("ul", { class: "tally" }, preview.counts.map((one) => h("li", { class: one.count ? `tone-${one.tone}` : "none" }, h("b", null, one.count), h("span", null, one.text)))),
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
  const within = all.filter((one) => !one.sign), cross = all.filter((one) => one.sign);
  /** @type {[string, PersonMove[]][]} */
  const sides = within.length
    ? [[words.regrade_cross, cross], [words.regrade_within, within]]
    : [[words.regrade_down, cross.filter((one) => one.sign === "↓")], [words.regrade_up, cross.filter((one) => one.sign === "↑")]];
  return h("div", { class: "moves" }, sides.map(([label, those]) => those.length > 0 && h("ul", { tabindex: "0", "aria-label": label }, those.map(move))));
}

/** @param {PersonMove} one */
const move = (one) => h("li", { class: `tone-${one.tone}` },
  h("b", null, one.code), h("span", { class: "who", title: one.name || false }, one.name),
  h("span", { class: "num" }, one.before, h("span", { "aria-hidden": "true" }, " → "), h("span", { class: "unseen" }, ` ${words.regrade_to} `), h("b", null, one.after)),
  h("span", { class: "result" }, one.sign && h("span", { "aria-hidden": "true" }, `${one.sign} `), one.text));
