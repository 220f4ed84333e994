// When to come back: three days in plain words, and a calendar file that reminds of them.
import { button, h } from "../../questions/browser/dom.js";
import { save } from "../browser/saving.js";
import { FOLLOW_UP, calendarFile, dayAfter } from "./calendar.js";
import { dayBox, dayShown, today } from "./law_view.js";

const WEEKDAYS = 7;

export async function calendarView(app) {
  const box = dayBox("hoc-started", (await lastDay(app)) ?? today());
  const list = h("ul", {});
  const told = h("p", { role: "status", class: "hoc-note" });
  const names = app.say("weekdays").split(", ");
  const weekday = (day) => names[new Date(`${day}T00:00:00Z`).getUTCDay() % WEEKDAYS];
  const lineOf = (days) => {
    const day = dayAfter(box.value, days);
    return h("li", {}, h("strong", {}, `${weekday(day)} ${dayShown(day)}`), " ", app.say(day < today() ? "remind_past" : "remind_after", { days }));
  };
  const draw = () => box.value && list.replaceChildren(...FOLLOW_UP.map(lineOf));
  box.addEventListener("change", draw);
  draw();

  function download() {
    if (!box.value) return;
    const texts = (days) => ({ summary: app.say("remind_event", { days }), description: app.say("remind_text", { days }) });
    const name = `on-tap_${box.value}.ics`;
    save(name, new TextEncoder().encode(calendarFile({ title: app.course.title, started: box.value, texts })), "text/calendar");
    told.textContent = app.say("remind_saved", { file: name });
  }

  return [
    h("article", { class: "hoc-sheet" },
      h("h1", { tabindex: "-1" }, app.say("remind_title")),
      h("p", {}, app.say("remind_why")),
      h("div", { class: "hoc-field" }, h("label", { for: box.id }, app.say("remind_started")), box),
      list,
      h("p", { class: "hoc-row" }, button(app.say("remind_save"), download, "hoc-button")), told,
      h("p", { class: "hoc-note" }, app.say("remind_by_hand"))),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}

// The day of the last answer that this person gave, null before the first one.
async function lastDay(app) {
  const lines = (await app.journal.all()).filter(({ place }) => JSON.parse(place)[0] === (app.person ?? ""));
  return lines.map(({ line }) => line.at.slice(0, 10)).sort().pop() ?? null;
}
