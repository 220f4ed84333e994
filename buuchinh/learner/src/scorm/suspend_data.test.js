import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "../logic/answer_entries.js";
import { readValues, shortened, written } from "./answer_codec.js";
import { LIMIT, notWhole, packed, unpacked } from "./suspend_data.js";

const choices = (...ids) => ids.map((id) => ({ id, text: id }));
const QUESTIONS = {
  "l91-q01": { id: "l91-q01", type: "single", options: choices("goi-114", "lui-ra", "cho-xem") },
  "l91-q02": { id: "l91-q02", type: "multiple", options: choices("a", "b", "c") },
  "l91-q03-v2": { id: "l91-q03-v2", type: "matching", left: choices("t1", "t2"), right: choices("p1", "p2") },
  "l91-q04": { id: "l91-q04", type: "numeric" },
  "l91-q05": { id: "l91-q05", type: "form", fields: [{ id: "luc", type: "moment" }, { id: "noi", type: "single", options: choices("kho", "quay") }] },
  "l91-q06": { id: "l91-q06", type: "scenario", start: "n1", nodes: { n1: { choices: choices("di", "o") }, n2: { choices: choices("goi") } }, ends: { het: {} } },
  "l91-q07": { id: "l91-q07", type: "survey" },
  "l02-q99": { id: "l02-q99", type: "ordering", items: choices("x", "y", "z") },
};
const ANSWERS = {
  "l91-q01": "lui-ra",
  "l91-q02": ["c", "a"],
  "l91-q03-v2": { t1: "p2", t2: "p1" },
  "l91-q04": "1.234,5 kg",
  "l91-q05": { luc: "9h40 ngày 24-11-2026", noi: "kho" },
  "l91-q06": [{ node: "n1", choice: "di" }, { node: "n2", choice: "goi" }],
  "l91-q07": "Dừng tay (ngay); gọi \\ 'trưởng ca' | ~rồi~\n<báo> & \"ghi\" 100 % #1.",
  "l02-q99": ["z", "x", "y"],
};
const UNIT = { unit: "l91", version: "1.0.0", questions: QUESTIONS };
const AT = "2026-12-01T09:07:00+07:00";
const entry = (answer, first = answer) => ({ answer, first, at: AT, tries: 1 });
const entries = Object.fromEntries(Object.entries(ANSWERS).map(([id, answer]) => [id, entry(answer)]));
const seen = { version: "1.0.0", parts: [1, 2, 40], end: true, opened: false, day: "2026-12-01" };
const FIRST_FORMAT = "1 l91 1.0.0|*10 2026-12-01;12E|q01,ttab7j.2|q02,3iab7j!20;|q03-v2,S3ab7j[2.13.0]|q04,Kaab7j(1.234,5 kg)|q05,-Hab7j[1(9h40 ngày 24-11-2026)2.0]|q06,unab7j=2031;|q07,doab7j(Dừng tay (ngay~r~s gọi ~b ~qtrưởng ca~q ~p ~~rồi~~~n~lbáo~g ~a ~dghi~d 100 ~c ~h1.)|/l02-q99,elab7j!201;|"; // as LMSs hold it: never changed

test("each kind of answer comes back as it was, with its minute and what was seen", () => {
  const record = unpacked(packed({ ...UNIT, entries, seen }), UNIT);
  assert.deepEqual(Object.fromEntries(record.lines.map(({ id, answer }) => [id, answer])), ANSWERS);
  assert.equal(Date.parse(record.lines[0].at), Date.parse(AT));
  assert.deepEqual(record.seen, seen);
});

test("it has no sign that an LMS would write otherwise, and what this version writes is read by later ones", () => {
  const text = packed({ ...UNIT, entries, seen });
  assert.doesNotMatch(text, /[<>&"'\\%#\n]/u);
  assert.deepEqual(unpacked(FIRST_FORMAT, UNIT).lines.map(({ id, answer }) => [id, answer]), Object.entries(ANSWERS));
  assert.deepEqual(unpacked(FIRST_FORMAT, UNIT).seen, seen);
});

test("the first answer stays the first one", () => {
  const answers = { ...entries, "l91-q01": entry("lui-ra", "cho-xem") };
  const back = entriesOf(unpacked(packed({ ...UNIT, entries: answers }), UNIT).lines);
  assert.deepEqual([back["l91-q01"].first, back["l91-q01"].answer], ["cho-xem", "lui-ra"]);
  assert.deepEqual([back["l91-q06"].first, back["l91-q06"].tries], [ANSWERS["l91-q06"], 1]);
});

test("a question whose options have changed, or that is gone, is passed by and the others are read", () => {
  const text = packed({ ...UNIT, entries });
  const changed = { ...QUESTIONS, "l91-q01": { ...QUESTIONS["l91-q01"], options: choices("goi-114", "lui-ra") } };
  delete changed["l91-q02"];
  const { lines } = unpacked(text, { ...UNIT, version: "2.0.0", questions: changed });
  assert.deepEqual(lines.map(({ id }) => id), Object.keys(ANSWERS).slice(2));
  const reordered = { ...QUESTIONS, "l91-q01": { ...QUESTIONS["l91-q01"], options: choices("cho-xem", "goi-114", "lui-ra") } };
  assert.equal(unpacked(text, { ...UNIT, questions: reordered }).lines[0].answer, "lui-ra");
});

test("cut off anywhere, or with any sign broken, it is read as far as it goes and never invents an answer", () => {
  const text = packed({ ...UNIT, entries, seen });
  const known = new Map(Object.entries(ANSWERS).map(([id, answer]) => [id, JSON.stringify(answer)]));
  for (let at = 0; at <= text.length; at++) {
    const { lines } = unpacked(text.slice(0, at), UNIT);
    for (const { id, answer } of lines) assert.equal(JSON.stringify(answer), known.get(id));
  }
  for (let at = 0; at < text.length; at++) {
    for (const sign of ["|", "\u0000", "9", "(", ")", "[", "=", "$", "~", ";", "é"]) {
      const { lines } = unpacked(text.slice(0, at) + sign + text.slice(at + 1), UNIT);
      for (const line of lines) assert.ok(line.id in QUESTIONS && Date.parse(line.at) > 0);
    }
  }
});

test("what is not ours, of another unit or of a later format is read as nothing", () => {
  const text = packed({ ...UNIT, entries, seen });
  for (const other of ["", null, undefined, "{\"a\":1}", "|||", "1 l90 1.0.0|", text.replace("1 l91", "1 l92"), text.replace("1 l91", "2 l91"), "*99 ;|", "q01,|"]) {
    const { lines, seen, foreign } = unpacked(other, UNIT);
    assert.deepEqual([lines, seen, foreign], [[], null, Boolean(other)]);
  }
  assert.deepEqual(unpacked("1 l91 1.0.0|__proto__,00a.0|constructor,00a.0|", UNIT).lines, []);
});

test("a sentence of one's own is shortened to what fits, a few typed words at 80 signs; no choice is ever left out", () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`l91-s${n}`, { id: `l91-s${n}`, type: "survey" }]));
  const questions = { ...QUESTIONS, ...many };
  const long = "ữ".repeat(3000);
  const answers = { ...entries, "l91-q04": entry("9".repeat(500)), ...Object.fromEntries(Object.keys(many).map((id) => [id, entry(long, "một câu khác")])) };
  const text = packed({ ...UNIT, questions, entries: answers });
  const back = entriesOf(unpacked(text, { ...UNIT, questions }).lines);
  assert.ok(text.length <= LIMIT, String(text.length));
  assert.equal(Object.keys(back).length, Object.keys(answers).length);
  assert.match(back["l91-s29"].answer, /^ữ{10,}…$/u);
  assert.equal(back["l91-q04"].answer, `${"9".repeat(79)}…`);
  assert.deepEqual(back["l91-q06"].answer, ANSWERS["l91-q06"]);
});

test("what does not fit is named with its length and with how much fits; what is kept whole is not", () => {
  assert.deepEqual(notWhole({ ...UNIT, entries }), {});
  const answers = { ...entries, "l91-q04": entry("9".repeat(81)), "l91-q07": entry("ữ".repeat(1001)) };
  assert.deepEqual(notWhole({ ...UNIT, entries: answers }), { "l91-q04": { length: 81, fits: 80 }, "l91-q07": { length: 1001, fits: 1000 } });
  assert.deepEqual(notWhole({ ...UNIT, entries: { ...entries, "l91-q04": entry("9".repeat(80)), "l91-q07": entry("u\u031b\u0303".repeat(1000)) } }), {});
  const typed = { luc: "9".repeat(200), noi: "kho" };
  assert.deepEqual(notWhole({ ...UNIT, entries: { "l91-q05": entry(typed) } }), { "l91-q05": { length: 200, fits: 80 } });
});

test("an answer for which there is no room at all is named, too", () => {
  const many = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`l91-s${n}`, { id: `l91-s${n}`, type: "survey" }]));
  const record = { ...UNIT, questions: many, entries: Object.fromEntries(Object.keys(many).map((id) => [id, entry("x")])) };
  const back = new Set(unpacked(packed(record), record).lines.map(({ id }) => id));
  assert.deepEqual(Object.keys(notWhole(record)), Object.keys(many).filter((id) => !back.has(id)));
});

test("whatever is answered, it never takes more than the LMS holds", () => {
  const many = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`l91-s${n}`, { id: `l91-s${n}`, type: "survey" }]));
  const answers = Object.fromEntries(Object.keys(many).map((id) => [id, entry("x".repeat(900))]));
  const text = packed({ ...UNIT, questions: many, entries: answers });
  assert.ok(text.length <= LIMIT && text.endsWith("|"));
});

test("a text is cut between letters, in one form of Vietnamese", () => {
  assert.equal(shortened("a\u0301".repeat(3), 9), "ááá");
  assert.equal(shortened("😀😀😀", 4), "😀…");
  assert.equal(shortened("a\r\nb\u0007", 9), "a\nb ");
});

test("a scenario walked to and fro is reduced to the first choice at each place", () => {
  const question = QUESTIONS["l91-q06"];
  const walked = Array.from({ length: 60 }, (_, n) => ({ node: n % 2 ? "n2" : "n1", choice: n % 2 ? "goi" : n ? "o" : "di" }));
  assert.deepEqual(readValues(question, written(question, walked, 80)), [[{ node: "n1", choice: "di" }, { node: "n2", choice: "goi" }]]);
});
