// Mark one question across all people. Each change is saved by itself; what is not saved yet stays in the browser until it is.

import { commentField } from "./comment_field.js";
import { askWhichMark } from "./conflict_dialog.js";
import { cookie, saver, seenOf } from "./mark_saving.js";
import { listen } from "./marking_keys.js";
import { averaged, storedDraft, minutes, nextWaiting, points, same, takeStored, takeTheirs, draftWithTick, commentsAfterUse } from "./marking_state.js";
import { drawAnswer, drawAskZero, drawEarlier, drawFinished, drawLines, drawMark, drawMean, drawOthers, drawPeople, drawSheet, part, reveal, status, tell, tellLine, wrong } from "./marking_view.js";
import { pointsField } from "./points_field.js";
import { filled } from "./sentences.js";
import { UnsentMarks } from "./unsent_marks.js";

const QUIET = 300; // milliseconds without another change before a save
const BOUNCE = 400; // milliseconds in which a second Enter is the same press, of an old keyboard
const { base, unit, question } = document.body.dataset;
const address = `${base}/cham/${unit}/${question}`;
const unsent = new UnsentMarks(base, unit, question);
const history = [];
const left = new Set();
const seconds = [];
/** The people with what this page keeps of them. @type {Omit<MarkingPayload, "people"> & { people: (MarkedPerson & Record<string, any>)[] }} */
let data;
let words;
let index = 0;
let zero = 0; // the moment at which the page asked to give 0 points, or 0
let openedAt = Date.now();
let drawnSheet = null;

const currentPerson = () => data.people[index];
const sheetOf = (person) => data.sheets[person.sheet];
const pointsOf = (person) => points(sheetOf(person), person.draft);
const field = pointsField({ person: currentPerson, sheetOf, words: () => words, change });
const remark = commentField({ person: currentPerson, words: () => words, history, change, undo });
const save = saver(`${base}/diem/${unit}/${question}`, {
  stored: onStored,
  conflict: onConflict,
  refused: onRefused,
  later: (sentence) => status("open", [words.unsaved, sentence].filter(Boolean).join(" ")),
  signedOut: () => status("open", words.signed_out),
});

async function open() {
  const response = await fetch(`${address}/bai`, { headers: { Accept: "application/json", "X-XSRFToken": cookie("_xsrf") } });
  const reply = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(reply.sentence);
  const openId = data?.people[index]?.id;
  data = reply;
  words = data.words;
  document.title = `${data.title} · ${words.heading}`;
  part("title").textContent = data.title;
  for (const person of data.people) Object.assign(person, { draft: storedDraft(person), half: person.state === "half" });
  for (const id of ["asked", "answer", "marking", "ways", "leave", "next"]) part(id).hidden = false;
  part("opening").hidden = true;
  reveal("only-read", data.only_read);
  drawOthers(data.others, words, `${base}/cham/${unit}`);
  drawnSheet = null;
  const first = nextWaiting(data.people, -1);
  const again = data.people.findIndex((person) => person.id === openId);
  const unsaved = !data.only_read && takeUnsent();
  goTo(again >= 0 ? again : Math.max(first, 0));
  if (unsaved) tell(words.unsent_found);
  if (first < 0) finish();
}

/** Take over the marks that the browser has and the gradebook has not; return whether there are any. */
function takeUnsent() {
  const restored = data.people.filter((person) => {
    const unsentMark = unsent.of(person.id);
    return unsentMark && Object.assign(person, { draft: unsentMark.draft, seen: unsentMark.seen, half: unsentMark.draft.typed === null });
  });
  restored.forEach(save);
  return restored.length > 0;
}

function goTo(to) {
  if (currentPerson().timer) save(currentPerson());
  if (to !== index) openedAt = Date.now();
  index = to;
  zero = 0;
  if (drawnSheet !== currentPerson().sheet) {
    drawnSheet = currentPerson().sheet;
    drawSheet(sheetOf(currentPerson()), words);
    part("sheet").classList.toggle("with-code", data.people.some((person) => person.code || person.empty_cell));
    drawLines(sheetOf(currentPerson()), tick);
  }
  drawAnswer(currentPerson(), index + 1, data.people.length, words, address);
  part("lines").scrollTop = 0;
  part("comment-card").hidden = currentPerson().comment === null;
  part("comment").value = currentPerson().draft.comment;
  part("comment").readOnly = Boolean(data.only_read);
  wrong("points", "");
  wrong("comment", "");
  drawEarlier(data.comments, words, takeComment);
  toAnswer();
  draw();
  tell(filled(words.person, { number: index + 1, total: data.people.length }));
}

function draw() {
  const person = currentPerson();
  const shows = pointsOf(person) ?? (person.draft.typed === "" ? person.automatic : null);
  drawMark(sheetOf(person), person, person.draft, shows, words, Boolean(data.only_read));
  drawPeople(data.people, index, left);
  const waits = data.people.filter((each) => each.state !== "done").length;
  const time = minutes(seconds, waits);
  if (waits) part("finished").hidden = true;
  drawMean(data, averaged(data.people, data.sheets), words);
  const position = filled(words.person, { number: index + 1, total: data.people.length });
  const waiting = waits ? filled(time ? words.left_minutes : words.left, { count: waits, minutes: time }) : words.left_none;
  part("progress").textContent = `${position} · ${waiting}`;
  drawAskZero(zero > 0, sheetOf(person), words);
}

function toAnswer() {
  if (!document.querySelector("dialog[open]")) part("answer").focus({ preventScroll: true });
}

/** Change a person's draft, which is saved after a quiet moment or, with `soon` false, at once; a `half` mark still waits. */
function change(person, draft, { remember = true, soon = true, half = person.half } = {}) {
  if (data.only_read || same(draft, person.draft)) return;
  if (remember) history.push({ id: person.id, draft: person.draft, half: person.half || person.state === "again" });
  person.draft = draft;
  person.half = half && !draft.typed; // a number is the whole mark
  zero = 0;
  unsent.keep(person.id, draft, seenOf(person));
  clearTimeout(person.timer);
  person.timer = setTimeout(() => save(person), soon ? QUIET : 0);
  status("", words.saving);
  if (person === currentPerson()) draw();
}

function onStored(person, sent, reply) {
  const before = person.comment ?? "";
  takeStored(person, sent, reply);
  if (person.state === "done") left.delete(person.id);
  data.comments = commentsAfterUse(data.comments, before, reply.comment);
  if (same(person.draft, sent)) unsent.drop(person.id);
  else unsent.keep(person.id, person.draft, seenOf(person));
  status("stored", `✓ ${filled(words.saved, { hour: reply.hour })}`);
  if (!document.activeElement.closest("#earlier")) drawEarlier(data.comments, words, takeComment);
  draw();
}

function onRefused(person, reply) {
  if (person !== currentPerson()) goTo(data.people.indexOf(person));
  status("open", reply.sentence);
  wrong("comment", reply.sentence);
}

/** Ask which of two marks holds, since somebody else changed it; another answer is read anew. */
async function onConflict(person, reply) {
  if (reply.answer_changed) {
    unsent.drop(person.id);
    await open();
    status("open", reply.sentence);
    return;
  }
  if (person !== currentPerson()) goTo(data.people.indexOf(person));
  status("open", reply.sentence);
  const theirs = { points: reply.points, comment: reply.comment, fingerprint: person.fingerprint, lines: reply.lines };
  if ((await askWhichMark(reply, person.draft, sheetOf(person), words)) === "ours") {
    person.seen = theirs;
    unsent.keep(person.id, person.draft, theirs);
    save(person);
    return;
  }
  takeTheirs(person, reply);
  unsent.drop(person.id);
  status("", "");
  goTo(index);
}

function tick(line) {
  const person = currentPerson();
  const sheet = sheetOf(person);
  if (line >= sheet.lines.length || data.only_read) return;
  change(person, draftWithTick(sheet, person.draft, line), { half: true });
  part("lines").children[line].scrollIntoView({ block: "nearest" });
  tellLine(sheet, person.draft, line, pointsOf(person), words);
}

/** Go on to the next person who waits; who has no points yet is given 0 only when that was asked, or typed where the machine could not score. */
function next() {
  const person = currentPerson();
  if (document.activeElement === part("points") && !field.typed()) return;
  if (data.only_read) {
    step(1);
    return;
  }
  if (pointsOf(person) === null && person.automatic === null) {
    if (sheetOf(person).by_machine) {
      announce(words.type_zero);
      return;
    }
    if (Date.now() - zero < BOUNCE) return;
    if (!zero) {
      zero = Date.now();
      draw();
      return;
    }
    change(person, { ...person.draft, lines: {}, typed: "0" }, { soon: false });
  }
  const again = person.state === "again" && !person.saving; // old points may hold for the new answer too
  const whole = person.half;
  person.half = false;
  if (person.timer || again || whole) save(person);
  if (person.state !== "done") seconds.push((Date.now() - openedAt) / 1000);
  person.state = "done";
  left.delete(person.id);
  const to = nextWaiting(data.people, index);
  goTo(to < 0 ? index : to);
  if (to < 0) finish();
}

function step(offset) {
  const to = index + offset;
  if (to < 0) {
    announce(words.is_first);
    return;
  }
  if (currentPerson().state !== "done" && offset > 0) left.add(currentPerson().id);
  if (to < data.people.length) goTo(to);
  else atLast();
}

/** Say that nobody comes after this person, and what there is to do: to go back to who waits, or on to other work. */
function atLast() {
  const others = data.people.filter((person, place) => place !== index && person.state !== "done").length;
  draw();
  if (currentPerson().state !== "done") announce(filled(others ? words.is_last_others : words.is_last_alone, { count: others }));
  else if (others) announce(filled(words.is_last_done, { count: others }));
  else finish();
}

/** Say a sentence below the page and to those who hear it. */
function announce(sentence) {
  status("", sentence);
  tell(sentence);
}

function undo() {
  const last = history.pop();
  const place = last ? data.people.findIndex((person) => person.id === last.id) : -1;
  if (place < 0) {
    tell(words.nothing_to_undo);
    return;
  }
  if (place !== index) goTo(place);
  change(currentPerson(), last.draft, { remember: false, half: last.half });
  part("comment").value = currentPerson().draft.comment;
  draw();
  tell(filled(words.undone, { number: place + 1 }));
}

function finish() {
  drawFinished(data, words, `${base}/cham/${unit}`, base, sheetOf(currentPerson()).by_machine);
  draw();
  tell(part("finished").firstChild.textContent);
}

function takeComment(text) {
  if (!data.only_read) remark.insert(text);
}

function leaveField() {
  zero = 0;
  toAnswer();
  draw();
}

function leavePoints() {
  field.giveBack();
  leaveField();
}

function toEarlier(place) {
  const buttons = part("earlier").querySelectorAll("button");
  return buttons[place] ? () => {
    buttons[place].focus();
    tell(filled(words.earlier_at, { number: place + 1, total: buttons.length }));
  } : null;
}

function failed(error) {
  part("opening").hidden = false;
  part("opening").textContent = error.message || part("opening").dataset.broken;
}

const press = (id, act) => part(id).addEventListener("click", act);
press("next", next);
press("leave", () => step(1));
press("before", () => step(-1));
press("undo", undo);
press("give-zero", next);
press("type-points", field.enter);
press("write-comment", () => part("comment").focus());
press("keys", () => part("key-list").showModal());
press("close-keys", () => part("key-list").close());
window.addEventListener("pagehide", () => {
  for (const person of data?.people ?? []) if (person.timer) save(person);
});
open().then(() => {
  listen({
    tick,
    next,
    undo,
    takenBack: remark.takenBack,
    keys: () => part("keys").click(),
    before: () => step(-1),
    after: () => step(1),
    leave: leaveField,
    points: field.enter,
    comment: () => !part("comment-card").hidden && part("comment").focus(),
    enterPoints: next,
    leavePoints,
    toEarlier,
  });
}, failed);
