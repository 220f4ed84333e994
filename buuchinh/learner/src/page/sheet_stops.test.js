import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOfStop, sheetStops, stopAt } from "./sheet_stops.js";

const PAGE = {
  address: "bt09",
  screens: [
    { title: "Mở đầu", parts: [{ html: "a" }] },
    { title: "Phần 1", parts: [{ html: "b" }, { ask: "q1" }, { ask: "q2" }, { html: "c" }] },
    { title: "Câu 3", lab: true, extra: true, parts: [{ html: "d" }, { ask: "q3" }] },
    { title: "Nộp bài", parts: [{ html: "e" }, { hand_in: true }] },
  ],
};
const STOPS = sheetStops(PAGE, (id) => id !== "q3");

test("each question is a stop, with what stands beside it on its screen", () => {
  assert.deepEqual(STOPS.map(({ kind, screen, id, parts }) => [kind, screen, id, parts.length]), [["read", 1, null, 1], ["ask", 2, "q1", 3], ["ask", 2, "q2", 3], ["lab", 3, null, 2], ["end", 4, null, 2]]);
});

test("a remark stands at the first question of its part; a table, a picture or a story at each of them", () => {
  const beside = (html) => sheetStops({ screens: [{ title: "Phần 1", parts: [{ html }, { ask: "q1" }, { ask: "q2" }] }] }, () => true).map(({ parts }) => parts[0].html);
  const heading = "<h2>Phần 1. Nhìn, dừng, lùi</h2>";
  assert.deepEqual(beside(`${heading}\n<p>Nhìn kỹ hình ở <strong>câu 2</strong>.</p>\n`), [`${heading}\n<p>Nhìn kỹ hình ở <strong>câu 2</strong>.</p>\n`, heading]);
  for (const more of ["<table></table>", '<p><img src="a.svg"></p>', "<ol><li>Một</li></ol>", `<p>${"Chuyện dài. ".repeat(30)}</p>`]) {
    assert.deepEqual(beside(`${heading}\n${more}`), Array(2).fill(`${heading}\n${more}`));
  }
  assert.deepEqual(beside("<p>Bảng của câu này:</p>"), Array(2).fill("<p>Bảng của câu này:</p>"));
});

test("what is tried before a part is a stop of its own, and stands beside no question", () => {
  const tried = { ...PAGE, screens: [{ title: "Phần 1", parts: [{ html: "a" }, { try: "t1" }, { html: "b" }, { ask: "q1" }] }, { title: "Phần 2", parts: [{ try: "t2" }] }] };
  const stops = sheetStops(tried, () => true);
  assert.deepEqual(stops.map(({ kind, id, parts }) => [kind, id, parts.map((part) => Object.values(part)[0])]), [["try", null, ["a", "t1"]], ["ask", "q1", ["a", "b", "q1"]], ["try", null, ["t2"]]]);
  assert.equal(addressOfStop(tried, stopAt(tried, stops, 1)), "#/bt09/1");
});

test("an address of a screen, of a question, beyond the end: each leads somewhere, a question wherever its screen is", () => {
  const at = (screen, question) => addressOfStop(PAGE, stopAt(PAGE, STOPS, screen, question));
  assert.deepEqual([at(1), at(2), at(2, "q2"), at(1, "q2"), at(3), at(99), at(0), at(2, "q9")], ["#/bt09/1", "#/bt09/2/q1", "#/bt09/2/q2", "#/bt09/2/q2", "#/bt09/3", "#/bt09/4", "#/bt09/1", "#/bt09/2/q1"]);
});
