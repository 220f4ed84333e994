// What is kept on this device: how much is done, a way to carry it to another device, a way to erase it.
import { button, h } from "../../questions/browser/dom.js";
import { OFFICE_KEPT } from "./journal.js";
import { isoNow } from "./record.js";
import { save } from "./saving.js";
import { standingOf } from "./sheets.js";

const EXPORT_FORMAT = "buuchinh-hoc-1";
const OF_THE_DEVICE = ["person", OFFICE_KEPT]; // never in a file, nor taken from one

export async function resultsView(app) {
  const told = h("p", { role: "status" });
  const units = Object.values(app.course.units);
  const standings = await Promise.all(units.map(({ id }) => standingOf(app, id)));
  const before = ({ others }) => others.map((one) => h("div", { class: "hoc-note" }, app.say("of_version", { count: one.done, version: one.version })));
  const rows = units.map((unit, n) => h("tr", {}, h("th", { scope: "row" }, unit.title), h("td", {}, `${standings[n].done} / ${standings[n].total}`, ...before(standings[n]))));
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: read });
  let sure = false;

  async function keep() {
    const name = `hoc-buu-chinh_${isoNow().slice(0, 19).replace(/[-:]/gu, "").replace("T", "-")}.json`;
    save(name, new TextEncoder().encode(await exported(app)), "application/json");
    told.textContent = app.say("saved_file", { file: name });
  }

  async function read() {
    try {
      const count = await imported(app, await file.files[0].text());
      await app.open();
      app.announce(app.say(count ? "loaded_file" : "loaded_nothing", { count }));
    } catch {
      told.textContent = app.say("load_bad");
    }
  }

  async function erase() {
    if (!sure) {
      sure = true;
      told.textContent = app.say("erase_sure");
      return;
    }
    await app.journal.erase();
    app.person = null;
    await app.open();
    app.announce(app.say("erased"));
  }

  return [
    h("article", { class: "hoc-sheet" },
      h("h1", { tabindex: "-1" }, app.say("results")),
      h("table", {}, h("caption", {}, app.say("my_answers")), h("tbody", {}, ...rows)),
      h("p", { class: "hoc-row" }, h("a", { href: "#/giay-ghi-nhan" }, app.say("paper_title")), h("a", { href: `#/${app.course.follow}` }, app.say("follow_title"))),
      h("p", {}, app.say("carry")),
      h("p", { class: "hoc-row" }, button(app.say("save_file"), keep, "hoc-button"), button(app.say("load_file"), () => file.click(), "hoc-quiet"), file, button(app.say("erase"), erase, "hoc-quiet hoc-red")),
      told,
      h("p", { class: "hoc-note" }, app.say("private"))),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}

export async function exported(app) {
  const state = (await app.journal.states()).filter(([key]) => !OF_THE_DEVICE.includes(key));
  return JSON.stringify({ format: EXPORT_FORMAT, course: app.course.title, person: app.person ?? "", lines: await app.journal.all(), state });
}

// Adds what is not here yet; what is here is never overwritten. Returns how many questions got an answer by it.
export async function imported(app, text) {
  const data = JSON.parse(text);
  if (data.format !== EXPORT_FORMAT || !Array.isArray(data.lines)) throw new Error("format");
  const known = new Set((await app.journal.all()).map((one) => JSON.stringify(one)));
  const added = data.lines.filter(({ place, line }) => typeof place === "string" && typeof line?.id === "string" && "answer" in line && !Number.isNaN(Date.parse(line.at)) && !known.has(JSON.stringify({ place, line })));
  for (const { place, line } of added) await app.journal.append(place, line);
  for (const [key, value] of data.state ?? []) if (!OF_THE_DEVICE.includes(key) && (await app.journal.get(key)) === undefined) await app.journal.set(key, value);
  if (!app.person && data.person) {
    app.person = data.person;
    await app.journal.set("person", data.person);
  }
  return new Set(added.map(({ place, line }) => JSON.stringify([place, line.id]))).size;
}
