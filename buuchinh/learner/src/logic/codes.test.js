import assert from "node:assert/strict";
import { test } from "node:test";
import { codeFault, codeOf } from "./codes.js";

test("nothing typed is told apart from what is no code", () => {
  for (const typed of ["", "  ", " - ", "\u00a0"]) assert.equal(codeFault(typed), "code_empty");
  for (const typed of ["Q", "GL-0123-Q!", "0123456789ABCD"]) assert.equal(codeFault(typed), "code_shape");
});

test("of a code no other one is proposed, only why it is none", () => {
  assert.equal(codeFault("GL-0123-R"), "code_bad");
  for (const typed of ["GL-0123", "GL0123", "GL-0123-", "GL-012345"]) assert.equal(codeFault(typed), "code_end");
  for (const typed of ["BC-0007-9", "BC00079", "BC 0007 9", "GL-1234-56-7"]) assert.equal(codeFault(typed), "code_bad"); // its end is there
  assert.equal(codeFault("Nguyễn Văn An"), "code_name");
  assert.equal(codeOf("GL-0123-R"), null);
});

test("a code is written in one way however it was typed", () => {
  for (const typed of ["gl0123q", " GL 0123 Q\n", "GL–0123—Q", "ＧＬ０１２３Ｑ", "\ufeffGL-0123-Q"]) assert.equal(codeOf(typed), "GL-0123-Q");
});
