import assert from "node:assert/strict";
import { test } from "node:test";
import { sameQuestion } from "./any_version.js";

test("one question in two versions is known by its name, in a notebook and on a page, and no other is", () => {
  const notebook = "buuchinh:GL-0123-Q/l05/1.1.0:l05-q29";
  const page = 'buuchinh hoc An toàn:["GL-0123-Q","l05","1.1.0"]:l05-q20';
  assert.ok(sameQuestion(notebook, "buuchinh:GL-0123-Q/l05/2.0.0:l05-q29"));
  assert.ok(sameQuestion(page, page.replace("1.1.0", "1.0.9")));
  for (const other of ["buuchinh:GL-0124-P/l05/2.0.0:l05-q29", "buuchinh:GL-0123-Q/l05/2.0.0:l05-q28", `${page.replace("1.1.0", "1.0.9")}~`, notebook, page]) {
    assert.ok(!sameQuestion(notebook, other), other);
  }
  assert.ok(!sameQuestion(page, `${page.replace("1.1.0", "1.0.9")}~`));
});
