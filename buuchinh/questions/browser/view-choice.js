// Views of the types that choose, order and match. A view is {body, read(), show(answer), mark(remarks)}; one that
// offers options to tick also gives their inputs, by option id.
import { button, fill, h, newId, verdict } from "./dom.js";

export function viewSingle(question, { words, changed }) {
  return choosing(question, "radio", words, changed);
}

export function viewMultiple(question, { words, changed }) {
  return choosing(question, "checkbox", words, changed);
}

function choosing(question, kind, words, changed) {
  const group = newId("group");
  const rows = question.options.map((option) => {
    const input = h("input", { type: kind, name: group, value: option.id, onchange: () => changed() });
    const mark = h("span", { class: "bc-mark" });
    const row = h("label", { class: "bc-option" }, input, h("span", { class: "bc-option-text" }, option.text, mark));
    return { id: option.id, input, mark, row };
  });
  const hint = kind === "checkbox" ? h("p", { class: "bc-hint" }, words.several) : null;
  return {
    body: [hint, h("div", { class: "bc-options" }, ...rows.map((one) => one.row))],
    inputs: new Map(rows.map((one) => [one.id, one.input])),
    read() {
      const chosen = rows.filter((one) => one.input.checked).map((one) => one.id);
      return kind === "checkbox" ? chosen : (chosen[0] ?? null);
    },
    show(answer) {
      const chosen = [answer].flat();
      for (const one of rows) one.input.checked = chosen.includes(one.id);
    },
    mark(remarks) {
      markRows(rows, remarks, words);
    },
  };
}

function markRows(rows, remarks, words) {
  for (const { id, mark, row } of rows) {
    const found = remarks.find((one) => one.on === id);
    mark.replaceChildren(...(found ? [" ", verdict(found.right, words)] : []));
    row.classList.toggle("bc-is-right", found?.right === true);
    row.classList.toggle("bc-is-wrong", found?.right === false);
  }
}

export function viewOrdering(question, { words, changed, mode }) {
  const list = h("ol", { class: "bc-order" });
  const spoken = h("span", { class: "bc-unseen", role: "status" });
  let touched = false;
  let rows = question.items.map((item) => {
    const place = h("span", { class: "bc-place", "aria-hidden": "true" });
    const mark = h("span", { class: "bc-mark" });
    const up = button("↑", () => move(item.id, -1), "bc-move", { "aria-label": fill(words.up, { item: item.text }) });
    const down = button("↓", () => move(item.id, 1), "bc-move", { "aria-label": fill(words.down, { item: item.text }) });
    const row = h("li", { class: "bc-item" }, place, h("span", { class: "bc-option-text" }, item.text, mark), up, down);
    return { id: item.id, text: item.text, place, mark, up, down, row };
  });

  function move(id, step) {
    const from = rows.findIndex((one) => one.id === id);
    const to = from + step;
    if (to < 0 || to >= rows.length) return;
    const [moved] = rows.splice(from, 1);
    rows.splice(to, 0, moved);
    touched = true;
    draw();
    const wanted = step < 0 ? moved.up : moved.down;
    (wanted.getAttribute("aria-disabled") === "true" ? (step < 0 ? moved.down : moved.up) : wanted).focus();
    spoken.textContent = fill(words.moved, { item: moved.text, place: to + 1 });
    changed();
  }

  function draw() {
    rows.forEach((one, n) => {
      one.place.textContent = String(n + 1);
      one.up.setAttribute("aria-disabled", String(n === 0));
      one.down.setAttribute("aria-disabled", String(n === rows.length - 1));
    });
    list.replaceChildren(...rows.map((one) => one.row));
  }

  function keep() {
    touched = true;
    changed();
  }

  draw();
  return {
    body: [
      h("p", { class: "bc-hint" }, words.order),
      list,
      mode === "exam" ? button(words.keep_order, keep, "bc-button bc-quiet bc-keep-order") : null,
      spoken,
    ],
    // An order that nobody has looked at is no answer.
    read: (checking) => (touched || checking ? rows.map((one) => one.id) : null),
    show(answer) {
      const known = Array.isArray(answer) && answer.length === rows.length && rows.every((one) => answer.includes(one.id));
      if (!known) return;
      touched = true;
      rows = answer.map((id) => rows.find((one) => one.id === id));
      draw();
    },
    mark(remarks) {
      markRows(rows, remarks, words);
    },
  };
}

export function viewMatching(question, { words, changed }) {
  const rows = question.left.map((entry) => {
    const id = newId("match");
    const select = h(
      "select",
      { id, onchange: () => changed() },
      h("option", { value: "" }, words.choose),
      ...question.right.map((one) => h("option", { value: one.id }, one.text)),
    );
    const mark = h("span", { class: "bc-mark" });
    const row = h("div", { class: "bc-pair" }, h("label", { for: id }, entry.text, mark), select);
    return { id: entry.id, select, mark, row };
  });
  return {
    body: [h("div", { class: "bc-pairs" }, ...rows.map((one) => one.row))],
    read: () => Object.fromEntries(rows.filter((one) => one.select.value).map((one) => [one.id, one.select.value])),
    show(answer) {
      for (const one of rows) one.select.value = answer?.[one.id] ?? "";
    },
    mark(remarks) {
      markRows(rows, remarks, words);
    },
  };
}
