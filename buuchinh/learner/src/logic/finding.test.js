import assert from "node:assert/strict";
import { test } from "node:test";
import { findRows, findable, nearest } from "./finding.js";

const ROWS = [
  ["l05/7/l05-q19", "Trưởng ca bảo mở kiện thì sao?", "Bài 5"],
  ["mon-nay", "Nước mắm", "", "mắm; nước chấm"],
  ["luat/LBC-2010/14.3", "Điều 14 khoản 3 Luật Bưu chính", "Mở, kiểm tra bưu gửi"],
  ["l03/2", "Kiện hàng lạ", "Bài 3: mở hay không"],
].map(findable);
const titles = (typed, most = 9) => findRows(ROWS, typed, most).rows.map(({ title }) => title);

test("words are found without tone marks, half typed and in any order", () => {
  assert.deepEqual(titles("nuoc ma"), ["Nước mắm"]);
  assert.deepEqual(titles("kien mo truong"), ["Trưởng ca bảo mở kiện thì sao?"]);
  assert.deepEqual(titles("dieu 14"), ["Điều 14 khoản 3 Luật Bưu chính"]);
  assert.deepEqual(titles("ĐIỀU 14"), titles("dieu 14"));
});

test("what a title says stands before what is said beside it, and no part of a word is found in its middle", () => {
  assert.deepEqual(titles("kien"), ["Kiện hàng lạ", "Trưởng ca bảo mở kiện thì sao?"]);
  assert.deepEqual(titles("uong"), []);
  assert.deepEqual(titles("ki mo"), []); // the last word alone may be half
  assert.deepEqual(findRows(ROWS, "mo", 1).total, 3);
  assert.deepEqual(titles("mo", 1), ["Trưởng ca bảo mở kiện thì sao?"]);
  assert.deepEqual(titles("  "), []);
});

test("where no row has every word, the nearest have half of them and the rarest first", () => {
  const many = [...ROWS, ...Array.from({ length: 40 }, (_, n) => findable([`l06/${n}`, `Khách số ${n}`]))];
  const near = (typed) => nearest(many, typed, 9).map(({ title }) => title);
  assert.deepEqual(near("khach nuoc mam"), ["Nước mắm"]);
  assert.deepEqual(near("khach mo kien truong"), ["Trưởng ca bảo mở kiện thì sao?", "Kiện hàng lạ"]);
  assert.deepEqual(near("khach"), []);
  assert.deepEqual(near("khach xyz"), []);
});
