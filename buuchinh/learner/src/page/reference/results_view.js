// What is kept on this device: how much is done, a way to carry it to another device, a way to erase it.
import { button, h } from "../../question/dom.js";
import { asked } from "../../screens/code_form.js";
import { dropDrafts } from "../drafts.js";
import { eraseDialog } from "./erase_dialog.js";
import { mayBeDropped } from "../lasting.js";
import { isoNow } from "../../logic/answer_entries.js";
import { coreOf, linkTo, resultOf } from "../../screens/lesson_end.js";
import { exported, imported, readSaved } from "./saved_file.js";
import { save } from "../saving.js";
import { forgetSent } from "../../work/sent.js";
import { standingOf } from "../../work/standing.js";
import { partsOf } from "../sound.js";
import { numbered, questionsOf } from "../../logic/variants.js";

export async function resultsView(host) {
  const told = h("p", { role: "status" });
  const further = h("div", {});
  const units = Object.values(host.course.units);
  const rows = h("tbody", {});
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: read });

  async function count() {
    const standings = await Promise.all(units.map(({ id }) => standingOf(host, id)));
    const tries = await Promise.all(units.map((unit, n) => (unit.core && standings[n].done + standings[n].more ? triesIn(host, unit.id) : [])));
    const beside = ({ more }) => (more ? [h("div", { class: "hoc-note" }, host.say("of_extra", { count: more }))] : []);
    const before = ({ others }) => others.map((one) => h("div", { class: "hoc-note" }, host.say("of_version", { count: one.done, version: one.version })));
    rows.replaceChildren(...units.map((unit, n) => h("tr", {}, h("th", { scope: "row" }, unit.title), h("td", {}, h("span", { class: "hoc-of" }, `${standings[n].done} / ${standings[n].total}`), ...beside(standings[n]), ...tries[n], ...before(standings[n])))));
  }

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
      told.textContent = host.say("load_bad");
      return;
    }
    file.value = ""; // the same file may be chosen again
    if (saved.course !== undefined && saved.course !== host.course.title) {
      told.textContent = host.say("load_other_course", { title: String(saved.course).slice(0, 80) });
      return;
    }
    const added = await imported(host, saved);
    const sentences = [host.say(added ? "loaded_file" : "loaded_nothing", { count: added }), saved.skipped ? host.say("load_skipped", { count: saved.skipped }) : ""];
    const say = () => host.announce(sentences.filter(Boolean).join(" "));
    told.textContent = "";
    await count();
    say();
    await whoseFile(saved.person, async () => {
      await host.open();
      say();
    });
  }

  // A guest at this device goes on as the code of the file; work without a code is asked for; another code is offered.
  async function whoseFile(person, then) {
    const code = person || host.person;
    if (!code) return;
    if (host.person !== null && host.person !== code) {
      further.replaceChildren(h("section", { class: "hoc-whose" },
        h("p", {}, host.say("load_other_code", { code, mine: host.person })),
        button(host.say("load_go_on", { code }), async () => {
          await host.become(code, false);
          await then();
        }, "hoc-button")));
      further.scrollIntoView({ block: "center" });
    } else if (host.person === null || (await host.guestWork(code)).count) {
      await asked(host, code, further, then, true);
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
    dropDrafts(host);
    forgetSent();
    host.person = null;
    host.tell({ erased: true });
    await host.open();
    host.announce(host.say("erased"));
  }

  await count();
  return [
    h("article", { class: "hoc-sheet" },
      h("h1", { tabindex: "-1" }, host.say("results")),
      h("p", { class: "hoc-note" }, host.person ? host.say("code_of", { code: host.person }) : host.say("code_none")),
      h("table", {}, h("caption", {}, host.say("my_answers")), rows),
      h("p", { class: "hoc-row" }, h("a", { href: "#/giay-ghi-nhan" }, host.say("paper_title")), host.course.follow ? h("a", { href: `#/${host.course.follow}` }, host.say("follow_title")) : null),
      h("p", {}, host.say("carry")),
      h("p", { class: "hoc-row" },
        button(host.say("save_file"), async () => (told.textContent = host.say("saved_file", { file: await keep() })), "hoc-quiet hoc-choice"),
        button(host.say("load_file"), () => file.click(), "hoc-quiet hoc-choice"), file,
        button(host.say("erase"), askToErase, "hoc-quiet hoc-red")),
      told, further,
      h("p", { class: "hoc-note" }, host.say("private"), " ", (await mayBeDropped(host.store)) ? host.say("may_be_dropped") : "")),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}

// Of a lesson's main part: how many were right at the first try, and which were not.
async function triesIn(host, id) {
  const page = await host.loaded(id);
  const entries = await host.journal.entries({ unit: id, version: page.version });
  const questions = questionsOf(page, host.person, entries);
  const { scored, wrong } = resultOf(coreOf(page), questions, entries, host.course.on);
  const numbers = numbered(page);
  return [
    scored ? h("div", { class: "hoc-note" }, host.say("end_right", { right: scored - wrong.length, scored })) : null,
    wrong.length ? h("details", {}, h("summary", {}, host.say("end_again")), h("ul", {}, ...wrong.map((name) => h("li", {}, linkTo(host, page, name, questions[name], numbers))))) : null,
  ].filter(Boolean);
}
