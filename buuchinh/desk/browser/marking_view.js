// Draw one person's answer and mark. Trainees' words become text nodes only; authors' text comes as HTML that the server escaped.

import { canAddUp, isBlank, pointsText, total } from "./marking_state.js";
import { filled } from "./sentences.js";

const MOST_SEGMENTS = 40;

/** Return the page's part with this id, whatever kind of element it is.
 * @returns {any} */
export function part(id) {
  return document.getElementById(id);
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function reveal(id, text) {
  const place = part(id);
  place.hidden = !text;
  place.textContent = text;
}

/** Draw what was asked and how it is marked. */
export function drawSheet(sheet, words) {
  drawBefore(sheet.before);
  part("most").textContent = `· ${filled(words.of_points, { points: pointsText(sheet.most) })}`;
  part("question-title").textContent = sheet.title;
  part("question-title").hidden = !sheet.title;
  part("stem").innerHTML = sheet.stem;
  part("model").innerHTML = sheet.model;
  part("model-part").hidden = !sheet.model;
  part("advice").innerHTML = sheet.advice;
  part("advice-part").hidden = !sheet.advice;
  part("model-card").hidden = !sheet.model && !sheet.advice;
  part("rubric-name").textContent = sheet.by_machine ? words.key_head : words.rubric;
  part("no-lines").hidden = sheet.lines.length > 0;
  part("no-lines").replaceChildren(...howToMark(sheet, words));
  part("rubric-keys").hidden = sheet.lines.length === 0;
  part("rubric-keys").textContent = `· ${sheet.lines.some((line) => line.half) ? words.rubric_keys : words.rubric_keys_whole}`;
  part("of").textContent = `/ ${pointsText(sheet.most)}`;
}

/** Return what stands in place of a rubric's lines: what is right by the key, or that the points are to be typed. */
function howToMark(sheet, words) {
  if (!sheet.by_machine) return [words.no_lines];
  const list = element("ul");
  list.innerHTML = sheet.right.map((text) => `<li>${text}</li>`).join("");
  return [...(sheet.right.length ? [words.key_right, list] : []), words.key_type];
}

/** Draw what stands before the question, unfolded where it is short; what the grader folded or unfolded stays so. */
function drawBefore(before) {
  const place = part("story");
  part("before-card").hidden = !before.html;
  part("before-text").innerHTML = before.html;
  place.open = place.dataset.chosen ? place.dataset.chosen === "open" : before.short;
  place.firstElementChild.onclick = () => {
    place.dataset.chosen = place.open ? "folded" : "open";
  };
}

/** Draw the rubric's lines; `press` is called with the index of the one that was pressed. */
export function drawLines(sheet, press) {
  part("lines").replaceChildren(
    ...sheet.lines.map((line, index) => {
      const text = element("span", { class: "line-text" });
      text.innerHTML = line.text;
      const button = element("button", { type: "button", class: "tick" }, element("span", { class: "digit" }, String(index + 1)), " ", text, " ", element("span", { class: "earned" }));
      button.addEventListener("click", (event) => {
        press(index);
        if (event.detail) part("answer").focus({ preventScroll: true }); // a mouse: Enter then goes on to the next person
      });
      return element("li", {}, button);
    }),
  );
}

/** Show which lines are marked, the points, and what stands aside. */
export function drawMark(sheet, person, draft, value, words, readOnly) {
  const elsewhere = person.elsewhere && draft.typed !== null && Object.keys(draft.lines).length === 0 && value !== null;
  const ticks = elsewhere ? person.lines : draft.lines;
  const buttons = part("lines").querySelectorAll("button");
  sheet.lines.forEach((line, index) => {
    const tick = ticks[line.id];
    const share = { full: 1, half: 0.5 }[tick] ?? 0;
    buttons[index].className = `tick ${tick ?? "none"}${elsewhere ? " elsewhere" : ""}`;
    buttons[index].setAttribute("aria-pressed", { full: "true", half: "mixed" }[tick] ?? "false");
    buttons[index].disabled = readOnly;
    const earned = buttons[index].querySelector(".earned");
    earned.replaceChildren(
      element("span", { "aria-hidden": "true" }, `${value === null ? "–" : pointsText(line.points * share)} / ${pointsText(line.points)}`),
      element("span", { class: "unseen" }, value === null ? words.no_points : filled(words.out_of, { points: pointsText(line.points * share), most: pointsText(line.points) })),
    );
  });
  const summed = total(sheet.lines, draft.lines);
  const asides = [];
  if (person.half && value !== null) asides.push(noneOf(sheet, draft, words), words.half);
  else if (value === 0 && isBlank(person)) asides.push(words.blank_zero);
  else if (value === 0 && person.points === 0) asides.push(words.zero_given);
  if (elsewhere && sheet.lines.length) asides.push(words.elsewhere);
  if (draft.typed && Object.keys(draft.lines).length && value !== summed) asides.push(filled(words.typed, { points: pointsText(summed) }));
  if (person.extra) asides.push(filled(words.extra, { points: pointsText(person.extra) }));
  reveal("aside", asides.join(" "));
  const field = part("points");
  if (document.activeElement !== field) drawOddPoints(sheet, draft.typed ? value : null, words);
  if (document.activeElement !== field || field.dataset.person !== person.id) field.value = value === null ? "" : pointsText(value);
  field.dataset.person = person.id;
  field.readOnly = readOnly;
}

/** Say whether no choice of lines adds up to the points that are typed; null are none. */
export function drawOddPoints(sheet, typed, words) {
  const odd = typed !== null && !Number.isNaN(typed) && !canAddUp(sheet.lines, typed);
  const sentence = odd ? filled(words.odd_points, { points: pointsText(typed) }) : "";
  if (odd && sentence !== part("odd").textContent) tell(sentence);
  reveal("odd", sentence);
}

/** Return the sentence that names the lines which give nothing, "" if all give something. */
function noneOf(sheet, draft, words) {
  const numbers = sheet.lines.map((line, index) => (draft.lines[line.id] ? "" : index + 1)).filter(Boolean);
  return numbers.length ? filled(words.half_none, { lines: numbers.join(", ") }) : "";
}

/** Draw what one person wrote. */
export function drawAnswer(person, number, count, words, address) {
  part("which").textContent = filled(words.person, { number, total: count });
  part("about").textContent = `${filled(words.words, { count: person.words })} · ${person.about}`;
  reveal("again", person.state === "again" ? filled(words.again, { points: pointsText(person.points) }) : "");
  reveal("why", person.why);
  part("of-other").hidden = !person.of_other.length;
  part("of-other").replaceChildren(...person.of_other.map((text) => element("p", {}, text)));
  reveal("same", person.same ? filled(words.same, { count: person.same }) : "");
  const parts = person.code ? codeParts(person, words, address) : [];
  if (person.empty_cell) parts.push(element("h3", {}, words.code, element("span", { class: "light" }, ` · ${words.code_empty}`)));
  const text = person.text.trim() ? quoted(person.text) : element("p", { class: "nothing" }, person.code || person.automatic === 0 ? words.nothing : `${words.nothing} ${words.nothing_zero}`);
  if (parts.length) parts.push(element("h3", {}, person.code?.rerun === "missing" ? words.values : words.writing));
  part("work").replaceChildren(...parts, text);
  part("answer").scrollTop = 0;
}

function quoted(text) {
  const paragraphs = text.split(/\n+/).filter((paragraph) => paragraph.trim());
  return element("blockquote", {}, ...paragraphs.map((paragraph) => element("p", {}, paragraph)));
}

function codeParts(person, words, address) {
  const { source, rerun, outputs } = person.code;
  const parts = [element("h3", {}, words.code, element("span", { class: "light" }, ` · ${words.rerun[rerun]}`))];
  if (source) parts.push(element("pre", { class: "source" }, source));
  if (!outputs.length && (rerun === "ran" || rerun === "same")) parts.push(element("p", { class: "soft" }, words.outputs_none));
  outputs.forEach((output, index) => {
    const before = index && (outputs[index - 1].kind === "picture") === (output.kind === "picture");
    if (!before) parts.push(element("h3", {}, output.kind === "picture" ? words.picture : words.outputs));
    parts.push(output.kind === "picture" ? element("img", { src: `${address}/hinh/${person.id}/${index}`, alt: words.picture }) : element("pre", { class: output.kind }, output.text));
  });
  return parts;
}

/** Draw the strip of people: a segment each or, for many, one bar. */
export function drawPeople(people, index, left) {
  const place = part("people");
  if (people.length > MOST_SEGMENTS) {
    const bar = element("progress", { max: String(people.length), value: String(people.filter((person) => person.state === "done").length) });
    place.replaceChildren(bar);
    return;
  }
  place.replaceChildren(
    ...people.map((person, n) => element("i", { class: `${segment(person, left)}${n === index ? " here" : ""}` })),
  );
}

/** Return how a person looks in the strip: a zero that was given is no blank answer, and half a mark no whole one. */
function segment(person, left) {
  if (person.state === "done") return (person.points ?? person.automatic) === 0 ? `done ${isBlank(person) ? "blank" : "zero"}` : "done";
  if (person.state === "half") return "half";
  return left.has(person.id) || person.state === "again" ? "left" : "waits";
}

/** Draw the question whether somebody is given 0 points, or nothing while it is not asked. */
export function drawAskZero(asks, sheet, words) {
  part("ask-zero").hidden = !asks;
  part("ask-zero-words").textContent = asks ? (sheet.lines.length ? words.ask_zero : words.ask_zero_plain) : "";
}

/** Draw the comments that were used before; `take` is called with the one that is chosen. */
export function drawEarlier(comments, words, take) {
  part("earlier-part").hidden = comments.length === 0;
  part("earlier").replaceChildren(
    ...comments.slice(0, 12).map(([text, count]) => {
      const button = element("button", { type: "button" }, element("span", { class: "text" }, text), " ", element("span", { class: "times" }, filled(words.times, { count })));
      button.addEventListener("click", () => take(text));
      return element("li", {}, button);
    }),
  );
}

/** Say a sentence to those who hear the page. */
export function tell(text) {
  part("told").textContent = text;
}

/** Say what became of a rubric's line, and the points of the whole question. */
export function tellLine(sheet, draft, place, value, words) {
  const state = words.line[draft.lines[sheet.lines[place].id] ?? "none"];
  const text = part("lines").children[place].querySelector(".line-text").textContent;
  const sum = value === null ? words.line_no_points : filled(words.line_points, { points: pointsText(value), most: pointsText(sheet.most) });
  tell(filled(words.line_is, { number: place + 1, state, sum, text }));
}

/** Say below the page how saving stands. */
export function status(kind, text) {
  part("saved").className = kind;
  part("saved").textContent = text;
}

/** Say what is wrong with a field, or that nothing is (""). */
export function wrong(field, sentence) {
  part(`${field}-wrong`).textContent = sentence;
  if (sentence) part(field).setAttribute("aria-invalid", "true");
  else part(field).removeAttribute("aria-invalid");
}

/** Draw the link to the unit's next question that waits, or to another that a person marks. */
export function drawOthers(others, words, address) {
  const other = others.find((question) => question.waiting) ?? others[0];
  part("others").hidden = !other; // a landmark without anything in it says nothing
  if (!other) return;
  const name = filled(other.waiting ? words.other_waits : words.other_done, { number: other.number, count: other.waiting });
  const all = element("a", { href: address.slice(0, address.lastIndexOf("/")), class: "other" }, words.all_questions);
  part("others").replaceChildren(element("a", { href: `${address}/${other.question}`, class: "other" }, name), " ", all);
}

/** Say that nobody waits any more, and lead to what comes next; Enter does not lead from texts to what the machine could not score. */
export function drawFinished(data, words, address, back, byMachine) {
  const other = data.others.find((question) => question.waiting);
  const unit = data.other_unit;
  let [href, name] = unit ? [`${back}/cham/${unit.unit}`, filled(words.to_unit, { unit: unit.name })] : [back, words.back];
  const otherKind = Boolean(other?.by_machine && !byMachine);
  if (other) [href, name] = [`${address}/${other.question}`, filled(otherKind ? words.to_machine : words.to_question, { number: other.number, count: other.waiting })];
  const way = element("a", { class: "button", href }, name);
  part("finished").replaceChildren(element("p"), way);
  part("finished").hidden = false;
  (otherKind ? part("finished") : way).focus();
}

/** Write the mean of those who wrote where it is said that nobody waits any more. */
export function drawMean(data, average, words) {
  const place = part("finished").querySelector("p");
  if (!place) return;
  const values = { ...average, number: data.number, total: data.people.length, mean: pointsText(Math.round(average.mean * 10) / 10), most: pointsText(average.most ?? 0) };
  const sentences = [words.all_done, average.count ? (average.most === null ? words.mean : words.mean_of) : words.nobody_wrote];
  if (average.count && average.blank) sentences.push(words.blank);
  place.textContent = `✓ ${filled(sentences.join(" "), values)}`;
}
