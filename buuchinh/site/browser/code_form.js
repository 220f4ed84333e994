// The trainee's code, asked once; what a guest began goes along with whoever gives a code.
import { h } from "../../questions/browser/dom.js";
import { codeOf } from "./codes.js";

export function codeForm(app, then) {
  const input = h("input", { id: "hoc-code", autocomplete: "off", spellcheck: "false", "aria-describedby": "hoc-code-hint" });
  const told = h("p", { class: "hoc-alarm", role: "alert", hidden: true });
  async function submit(event) {
    event.preventDefault();
    const code = codeOf(input.value);
    told.hidden = code !== null;
    if (code === null) {
      told.textContent = app.say("code_bad");
      input.focus();
      return;
    }
    await takeOver(app, code);
    then();
  }
  return h("form", { class: "hoc-code", onsubmit: submit },
    h("label", { for: "hoc-code" }, app.say("code_label")), input,
    h("button", { type: "submit", class: "hoc-button" }, app.say("code_save")),
    h("p", { class: "hoc-note", id: "hoc-code-hint" }, app.say("code_hint")), told);
}

// A unit in which this code has answers already keeps them: the guest's stay the guest's.
async function takeOver(app, code) {
  if (!app.person) {
    const places = new Set((await app.journal.all()).map(({ place }) => place));
    for (const place of places) {
      const [person, unit, version] = JSON.parse(place);
      const own = JSON.stringify([code, unit, version]);
      if (person === "" && !places.has(own)) await app.journal.move(place, own);
    }
    for (const [key, value] of await app.journal.states()) {
      const [kind, owner, unit] = key.split(" ");
      if (["role", "last", "drill", "follow"].includes(kind) && owner === "" && (await app.journal.get(`${kind} ${code}`)) === undefined) {
        await app.journal.set(`${kind} ${code}`, value);
      }
      if (kind === "finished" && owner === "" && !(await app.journal.get(`finished ${code} ${unit}`))) {
        await app.journal.set(`finished ${code} ${unit}`, { ...value, code });
        await app.journal.set(key, null);
      }
    }
  }
  app.person = code;
  await app.journal.set("person", code);
}
