// The data stored on this device: a way to move it to another one, a way to erase it.
import { button, h } from "../../question/dom.js";
import { confirmCode } from "../../screens/code_form.js";
import { isoNow } from "../../logic/answer_entries.js";
import { forgetSent } from "../../work/sent.js";
import { dropDrafts } from "../drafts.js";
import { mayBeDropped } from "../lasting.js";
import { save } from "../download.js";
import { partsOf } from "../stored_shapes.js";
import { eraseDialog } from "./erase_dialog.js";
import { exported, imported, readSaved } from "./saved_file.js";

// Returns the view; redraw(): redraws the results above it when a file has brought more.
export async function keepingView(host, redraw) {
  const status = h("p", { role: "status" });
  const further = h("div", {});
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: read });

  async function keep() {
    const name = `hoc-buu-chinh_${isoNow().slice(0, 19).replace(/[-:]/gu, "").replace("T", "-")}.json`;
    save(name, new TextEncoder().encode(await exported(host)), "application/json");
    return name;
  }

  async function read() {
    further.replaceChildren();
    let saved;
    try {
      saved = readSaved(await file.files[0].text());
    } catch {
      status.textContent = host.say("load_bad");
      return;
    }
    file.value = ""; // the same file may be chosen again
    if (saved.course !== undefined && saved.course !== host.course.title) {
      status.textContent = host.say("load_other_course", { title: String(saved.course).slice(0, 80) });
      return;
    }
    const added = await imported(host, saved);
    const sentences = [host.say(added ? "loaded_file" : "loaded_nothing", { count: added }), saved.skipped ? host.say("load_skipped", { count: saved.skipped }) : ""];
    const say = () => host.announce(sentences.filter(Boolean).join(" "));
    status.textContent = "";
    await redraw();
    say();
    await checkOwner(saved.person, async () => {
      await host.open();
      say();
    });
  }

  // Finds the owner of a file's work: a guest at this device goes on as the code of the file; for work without a code the form
  // asks; another code is offered.
  async function checkOwner(person, goOn) {
    const code = person || host.person;
    if (!code) return;
    if (host.person !== null && host.person !== code) {
      const change = async () => {
        await host.become(code, false);
        await goOn();
      };
      further.replaceChildren(h("section", { class: "hoc-whose" },
        h("p", {}, host.say("load_other_code", { code, mine: host.person })),
        h("p", { class: "hoc-row" }, button(host.say("load_go_on", { code }), change, "hoc-button"), button(host.say("load_apart"), () => further.replaceChildren(), "hoc-quiet hoc-choice"))));
      further.scrollIntoView({ block: "center" });
    } else if (host.person === null || (await host.guestWork(code)).count) {
      await confirmCode(host, code, further, goOn, true);
    }
  }

  async function askToErase() {
    const lines = await host.store.all();
    const codes = new Set(lines.map(({ place }) => partsOf(place)?.[0]).filter(Boolean));
    const questions = new Set(lines.map(({ place, line }) => JSON.stringify([place, line?.id])));
    eraseDialog(host, { count: questions.size, codes: [...codes], keep, erase });
  }

  async function erase() {
    await host.settled();
    await host.store.erase();
    await host.solutions.erase();
    dropDrafts(host);
    forgetSent();
    host.person = null;
    host.tell({ erased: true });
    await host.open();
    host.announce(host.say("erased"));
  }

  return h("article", { class: "hoc-sheet hoc-keeping" },
    h("p", {}, host.say("carry")),
    h("p", { class: "hoc-row" },
      button(host.say("save_file"), async () => (status.textContent = host.say("saved_file", { file: await keep() })), "hoc-quiet hoc-choice"),
      button(host.say("load_file"), () => file.click(), "hoc-quiet hoc-choice"), file,
      button(host.say("erase"), askToErase, "hoc-quiet hoc-red")),
    status, further,
    h("p", { class: "hoc-note" }, host.say("private"), " ", (await mayBeDropped(host.store)) ? host.say("may_be_dropped") : ""));
}
