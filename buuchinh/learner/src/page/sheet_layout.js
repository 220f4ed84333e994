// An exercise or an exam, one screen at a time: segments above, the screen, one big button below.
import { button, h } from "../question/dom.js";
import { numbered, questionsOf } from "../logic/variants.js";
import { codeForm } from "../screens/code_form.js";
import { lookedAt } from "../work/seen.js";
import { standingOf } from "../work/standing.js";
import { openWork } from "../work/work.js";
import { isOfLab, labFirst } from "./of_lab.js";
import { onPaper, shownPart } from "./unit_parts.js";

const STATES = { here: "here_state", done: "done_state", read: "read_state", ahead: "ahead_state" };

export async function sheetView(host, page, at) {
  const work = await openWork(host, page);
  const questions = questionsOf(page, host.person, work.entries());
  if (!questions) return codeFirst(host, page);
  host.work = work;
  const numbers = numbered(page);
  const last = page.screens.length;
  const now = Math.min(Math.max(at, 1), last);
  const screen = h("article", { class: "hoc-sheet", lang: "vi" });
  const draw = (which) => which.parts.flatMap((part) => shownPart(host, page, part, { work, questions, numbers, extra: which.extra }));
  const shown = draw(page.screens[now - 1]);
  screen.append(now === 1 ? h("h1", { tabindex: "-1" }, page.title) : "", ...(now === 1 && isOfLab(page) ? labFirst(host, page, { numbers, questions }, shown) : shown));
  const core = page.screens.flatMap((one, n) => (one.extra ? [] : [n + 1])); // the numbers of the screens on the way
  const place = page.screens[now - 1].lab ? host.say("place_lab") : page.screens[now - 1].extra ? host.say("place_extra") : host.say("place", { at: core.indexOf(now) + 1, total: core.length });
  const where = now === 1 ? h("p", { class: "hoc-where" }, place) : h("h1", { class: "hoc-where", tabindex: "-1" }, `${page.title} · ${place}`);
  const steps = h("nav", { class: "hoc-steps", "aria-label": host.say("parts") });
  const seen = await lookedAt(host, page, now, false);
  const drawSteps = () => steps.replaceChildren(...page.screens.map((one, n) => step(host, page, one, n + 1, { now, state: stateOf(one, n + 1, { work, questions, seen }) })));
  work.watch(drawSteps);
  drawSteps();
  host.journal.write("last", { unit: page.id, at: now, end: false }).catch(() => {});
  const printing = button(host.say("print_all"), () => onPaper(host, screen, h("h1", {}, page.title), ...page.screens.flatMap(draw)), "hoc-quiet");
  return [
    h("div", { class: "hoc-top" }, where, steps),
    ...(now === 1 || now === last ? await otherVersions(host, page) : []),
    screen,
    ...besideTheWay(host, page, now, core),
    h("div", { class: "hoc-bar" }, back(host, page, now, core), printing, onward(host, page, now, core)),
  ];
}

// What this person has in other versions of the sheet, told by the second script where there is anything to tell.
async function otherVersions(host, page) {
  const { version, done, others } = await standingOf(host, page.id);
  const begun = [...others, ...(done ? [{ version, done }] : [])].filter((one) => one.version !== page.version);
  if (!begun.length && page.version === host.course.units[page.id].version) return [];
  return [(await host.more()).versionsBox(host, page, begun)];
}

// Which form is asked depends on the code: nothing of an exam is shown before it.
function codeFirst(host, page) {
  return [
    h("article", { class: "hoc-sheet" }, h("h1", { tabindex: "-1" }, page.title), h("p", {}, host.say("needs_code")), codeForm(host, () => host.open())),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}

// "done": answered whole, or a series of pictures that ended; "read": there was nothing to do but to look; else "ahead".
function stateOf(screen, number, { work, questions, seen }) {
  const asked = screen.parts.filter((part) => part.ask).map((part) => questions[part.ask]);
  const drills = screen.parts.filter((part) => part.drill !== undefined);
  if (!asked.length && !drills.length) return seen.parts.includes(number) ? "read" : "ahead";
  const done = asked.every((question) => work.state(question) === "whole") && drills.every((part) => seen.drilled(part.drill));
  return done ? "done" : "ahead";
}

function step(host, page, screen, number, { now, state: found }) {
  const done = found !== "ahead";
  const state = number === now ? "here" : found;
  const name = `${screen.title}: ${host.say(STATES[state])}`;
  return h("a", { class: `hoc-step hoc-${state}${done ? " hoc-done" : ""}${screen.extra ? " hoc-extra" : ""}`, href: `#/${page.address}/${number}`, title: screen.title, tabindex: number === now ? null : "-1", "aria-label": name, "aria-current": number === now ? "step" : null });
}

// What is folded in a notebook stands beside the way here: opened by who wants it, passed by with one press.
function besideTheWay(host, page, now, core) {
  const following = page.screens[now];
  if (!following?.extra) return [];
  if (!page.screens[now - 1].extra) {
    return [h("p", { class: "hoc-no-print" }, h("a", { class: "hoc-card", href: `#/${page.address}/${now + 1}` }, h("strong", {}, following.title), h("span", {}, host.say(following.lab ? "lab_open" : "extra_open"))))];
  }
  const next = core.find((number) => number > now);
  return next ? [h("p", { class: "hoc-no-print" }, h("a", { class: "hoc-quiet", href: `#/${page.address}/${next}` }, host.say("extra_leave")))] : [];
}

function back(host, page, now, core) {
  const before = page.screens[now - 1].extra ? now - 1 : [...core].reverse().find((number) => number < now);
  return before ? h("a", { class: "hoc-quiet", href: `#/${page.address}/${before}` }, host.say("previous")) : h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"));
}

function onward(host, page, now, core) {
  const within = page.screens[now - 1].extra && page.screens[now]?.extra;
  const next = within ? now + 1 : core.find((number) => number > now);
  if (next) return h("a", { class: "hoc-button", href: `#/${page.address}/${next}`, onclick: (event) => held(host) && event.preventDefault() }, host.say("next"));
  const quiet = page.screens[now - 1].parts.some((part) => part.hand_in !== undefined); // the button there is "Nộp bài"
  return h("a", { class: quiet ? "hoc-quiet" : "hoc-button", href: "#/" }, host.say("to_home"));
}

// What was chosen here and not checked is checked before one goes on: true where there is a verdict, or something left to
// decide, to see first.
function held(host) {
  const holding = [...host.shown].filter(([, handle]) => handle.hold()).map(([id]) => document.getElementById(`hoc-${id}`));
  if (!holding.length) return false;
  const [place] = holding;
  const open = holding.map((one) => one.querySelector(".bc-moment.bc-field:has(input:checked)")); // nothing is decided for a person
  (place.querySelector(".bc-feedback:not(:empty)") ?? open[0])?.scrollIntoView();
  host.announce([open.includes(null) && host.say("held"), open.some(Boolean) && host.say("held_undecided"), host.say("held_again")].filter(Boolean).join(" "));
  place.addEventListener("input", () => host.announce(""), { once: true });
  return true;
}
