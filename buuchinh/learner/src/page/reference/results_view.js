// What is kept on this device: how much is done, a way to carry it to another device, a way to erase it.
import { button, h } from "../../question/dom.js";
import { asked } from "../code_form.js";
import { dropDrafts } from "../drafts.js";
import { eraseDialog } from "./erase_dialog.js";
import { mayBeDropped } from "../lasting.js";
import { become, guestWork } from "../person.js";
import { entriesOf, isoNow } from "../../logic/answer_entries.js";
import { coreOf, linkTo, resultOf } from "../ending.js";
import { exported, imported, readSaved } from "./saved_file.js";
import { save } from "../saving.js";
import { linesOf, standingOf } from "../sheets.js";
import { partsOf } from "../sound.js";
import { numbered, questionsOf } from "../unit_view.js";

export async function resultsView(app) {
  const told = h("p", { role: "status" });
  const further = h("div", {});
  const units = Object.values(app.course.units);
  const rows = h("tbody", {});
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: read });

  async function count() {
    const standings = await Promise.all(units.map(({ id }) => standingOf(app, id)));
    const tries = await Promise.all(units.map((unit, n) => (unit.core && standings[n].done + standings[n].more ? triesIn(app, unit.id) : [])));
    const beside = ({ more }) => (more ? [h("div", { class: "hoc-note" }, app.say("of_extra", { count: more }))] : []);
    const before = ({ others }) => others.map((one) => h("div", { class: "hoc-note" }, app.say("of_version", { count: one.done, version: one.version })));
    rows.replaceChildren(...units.map((unit, n) => h("tr", {}, h("th", { scope: "row" }, unit.title), h("td", {}, h("span", { class: "hoc-of" }, `${standings[n].done} / ${standings[n].total}`), ...beside(standings[n]), ...tries[n], ...before(standings[n])))));
  }

  async function keep() {
    const name = `hoc-buu-chinh_${isoNow().slice(0, 19).replace(/[-:]/gu, "").replace("T", "-")}.json`;
    save(name, new TextEncoder().encode(await exported(app)), "application/json");
    return name;
  }

  async function read() {
    further.replaceChildren();
    let saved;
    try {
      saved = readSaved(await file.files[0].text());
    } catch {
      told.textContent = app.say("load_bad");
      return;
    }
    file.value = ""; // the same file may be chosen again
    if (saved.course !== undefined && saved.course !== app.course.title) {
      told.textContent = app.say("load_other_course", { title: String(saved.course).slice(0, 80) });
      return;
    }
    const added = await imported(app, saved);
    const sentences = [app.say(added ? "loaded_file" : "loaded_nothing", { count: added }), saved.skipped ? app.say("load_skipped", { count: saved.skipped }) : ""];
    const say = () => app.announce(sentences.filter(Boolean).join(" "));
    told.textContent = "";
    await count();
    say();
    await whoseFile(saved.person, async () => {
      await app.open();
      say();
    });
  }

  // A guest at this device goes on as the code of the file; work without a code is asked for; another code is offered.
  async function whoseFile(person, then) {
    const code = person || app.person;
    if (!code) return;
    if (app.person !== null && app.person !== code) {
      further.replaceChildren(h("section", { class: "hoc-whose" },
        h("p", {}, app.say("load_other_code", { code, mine: app.person })),
        button(app.say("load_go_on", { code }), async () => {
          await become(app, code, false);
          await then();
        }, "hoc-button")));
      further.scrollIntoView({ block: "center" });
    } else if (app.person === null || (await guestWork(app, code)).count) {
      await asked(app, code, further, then, true);
    }
  }

  async function askToErase() {
    const lines = await app.journal.all();
    const codes = new Set(lines.map(({ place }) => partsOf(place)?.[0]).filter(Boolean));
    const questions = new Set(lines.map(({ place, line }) => JSON.stringify([place, line?.id])));
    eraseDialog(app, { count: questions.size, codes: [...codes], keep, erase });
  }

  async function erase() {
    await app.settled();
    await app.journal.erase();
    dropDrafts(app);
    app.person = null;
    app.tell({ erased: true });
    await app.open();
    app.announce(app.say("erased"));
  }

  await count();
  return [
    h("article", { class: "hoc-sheet" },
      h("h1", { tabindex: "-1" }, app.say("results")),
      h("p", { class: "hoc-note" }, app.person ? app.say("code_of", { code: app.person }) : app.say("code_none")),
      h("table", {}, h("caption", {}, app.say("my_answers")), rows),
      h("p", { class: "hoc-row" }, h("a", { href: "#/giay-ghi-nhan" }, app.say("paper_title")), app.course.follow ? h("a", { href: `#/${app.course.follow}` }, app.say("follow_title")) : null),
      h("p", {}, app.say("carry")),
      h("p", { class: "hoc-row" },
        button(app.say("save_file"), async () => (told.textContent = app.say("saved_file", { file: await keep() })), "hoc-quiet hoc-choice"),
        button(app.say("load_file"), () => file.click(), "hoc-quiet hoc-choice"), file,
        button(app.say("erase"), askToErase, "hoc-quiet hoc-red")),
      told, further,
      h("p", { class: "hoc-note" }, app.say("private"), " ", (await mayBeDropped(app.journal)) ? app.say("may_be_dropped") : "")),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}

// Of a lesson's main part: how many were right at the first try, and which were not.
async function triesIn(app, id) {
  const page = await app.loaded(id);
  const entries = entriesOf(await linesOf(app, id, page.version));
  const questions = questionsOf(page, app.person, entries);
  const { scored, wrong } = resultOf(coreOf(page), questions, entries, app.course.on);
  const numbers = numbered(page);
  return [
    scored ? h("div", { class: "hoc-note" }, app.say("end_right", { right: scored - wrong.length, scored })) : null,
    wrong.length ? h("details", {}, h("summary", {}, app.say("end_again")), h("ul", {}, ...wrong.map((name) => h("li", {}, linkTo(app, page, name, questions[name], numbers))))) : null,
  ].filter(Boolean);
}
