// What is told after "Kiểm tra": for what was chosen, never for what was not.
import { fill, h, rich, verdict } from "./dom.js";
import { typeOf } from "./registry.js";

// Elements for a live region: a sentence on the whole, a word on each choice, what it rests on.
/** @type {(question: Question, score: Score, tools: Pick<Tools, "words" | "citations">) => HTMLElement[]} */
export function tell(question, score, { words, citations }) {
  if (score.reason === "missing") return [headline(question, score, words)]; // nothing chosen yet: nothing is given away
  return [headline(question, score, words), remarksOf(question, score, words), basisOf(score, words, citations)].flat();
}

/** @type {(question: Question, score: Score, words: Words) => HTMLElement} */
function headline(question, score, words) {
  if (score.reason && score.reason !== "unfinished") {
    return h("p", { class: "bc-headline" }, words.reason[score.reason] ?? words.reason.malformed);
  }
  if (score.fraction > 1 - 1e-9) return h("p", { class: "bc-headline" }, verdict(true, words), " ", words.all_right);
  const onlyLacking = score.remarks.length > 0 && score.remarks.every((one) => one.right);
  const said = onlyLacking ? words.incomplete : score.remarks.some((one) => one.right) ? words.partly : words.try_again;
  const open = typeOf(question).rowsOf(question).length - score.remarks.length; // rows in which nothing is chosen
  return h("p", { class: "bc-headline" }, verdict(false, words), " ", said, open > 0 ? ` ${fill(words.rows_open, { count: open })}` : "");
}

/** @type {(question: Question, score: Score, words: Words) => HTMLElement[]} */
function remarksOf(question, score, words) {
  const { nameOf, oneWord } = typeOf(question);
  const lacking = Object.entries(score.parts).filter(([, part]) => part.reason);
  const items = [
    ...score.remarks.map(({ on, right, text }) => {
      const name = nameOf(question, on);
      const whole = score.remarks.length === 1 && (on === "" || oneWord);
      const title = name && !whole ? h("strong", { class: "bc-about" }, name) : null;
      return h("li", { class: right ? "bc-is-right" : "bc-is-wrong" }, whole ? null : verdict(right, words), whole ? null : " ", title, ...rich(text));
    }),
    ...lacking.map(([id, part]) =>
      h(
        "li",
        { class: "bc-is-wrong" },
        h("strong", { class: "bc-about" }, nameOf(question, id)),
        h("span", { class: "bc-par" }, words.reason[/** @type {string} */ (part.reason)]),
      ),
    ),
  ];
  return items.length ? [h("ul", { class: "bc-remarks" }, ...items)] : [];
}

// One line names what the answer rests on; the words of the law are one tap away.
// citations: {reference: "Điều …"} or {reference: {text, quote, note}}; a note says the days in force and how sure they are.
/** @type {(score: Pick<Score, "provisions" | "sources">, words: Words, citations: Citations) => HTMLElement[]} */
export function basisOf(score, words, citations) {
  /** @type {(reference: string) => Citation} */
  const known = (reference) => (typeof citations[reference] === "object" ? citations[reference] : { text: citations[reference] ?? reference });
  /** @type {(reference: string, linked: boolean) => HTMLElement} */
  const entry = (reference, linked) => {
    const { text, quote, note } = known(reference);
    return h(
      "li",
      {},
      linked ? h("a", { href: `#${reference}` }, text) : text,
      note ? h("span", { class: "bc-note" }, ` (${note})`) : null,
      quote ? h("q", { class: "bc-quote" }, quote) : null,
    );
  };
  /** @type {(title: string, references: string[], linked: boolean) => HTMLElement[]} */
  const list = (title, references, linked) =>
    references.length
      ? [
          h(
            "details",
            { class: "bc-basis" },
            h("summary", {}, `${title}: ${references.map((one) => known(one).text).join(" · ")}`),
            h("ul", { class: "bc-basis-list" }, ...references.map((one) => entry(one, linked))),
          ),
        ]
      : [];
  return [...list(words.basis, score.provisions, true), ...list(words.source, score.sources, false)];
}
