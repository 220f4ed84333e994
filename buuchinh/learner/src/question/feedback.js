// The feedback after "Trả lời": on the chosen options, never on the others.
import { fill, h, rich, verdict } from "./dom.js";
import { typeOf } from "./registry.js";
import { isFull } from "./scored.js";

const SIGNS = { right: "✓", partly: "½", wrong: "✗" };

/** @type {(score: Score) => "right" | "partly" | "wrong"} */
export function verdictOf(score) {
  if (isFull(score)) return "right";
  return score.fraction > 0 ? "partly" : "wrong";
}

// Returns a card for a live region: the verdict, a remark on each choice, its legal basis. `whole`: also what to do next
// time, which would give the answer away to a learner who is to choose again.
/** @type {(question: Question, score: Score, tools: Pick<Tools, "words" | "citations"> & { whole?: boolean }) => HTMLElement[]} */
export function tell(question, score, { words, citations, whole = false }) {
  const reason = score.reason && score.reason !== "unfinished" ? (words.reason[score.reason] ?? words.reason.malformed) : null;
  const kind = verdictOf(score);
  const head = reason ? h("p", { class: "bc-headline" }, reason) : headline(question, score, kind, words);
  const details = score.reason === "missing" ? [] : [...remarksOf(question, score, words, whole), ...basisOf(score, words, citations)]; // nothing is given away
  return [h("div", { class: `bc-card ${reason ? "" : `bc-is-${kind}`}` }, head, ...details)];
}

/** @type {(question: Question, score: Score, kind: "right" | "partly" | "wrong", words: Words) => HTMLElement} */
function headline(question, score, kind, words) {
  const onlyLacking = score.remarks.length > 0 && score.remarks.every((remark) => remark.right);
  const sign = kind === "wrong" && score.remarks.some((remark) => remark.right) ? "partly" : kind;
  const verdictText = kind === "right" ? words.all_right : onlyLacking ? words.incomplete : sign === "partly" ? words.partly : words.try_again;
  const open = kind === "right" ? 0 : typeOf(question).rowsOf(question).length - score.remarks.length; // rows in which nothing is chosen
  return h(
    "p",
    { class: "bc-headline" },
    h("span", { class: "bc-sign", "aria-hidden": "true" }, SIGNS[sign]),
    h("span", {}, verdictText, open > 0 ? ` ${fill(words.rows_open, { count: open })}` : ""),
  );
}

/** @type {(question: Question, score: Score, words: Words, whole: boolean) => HTMLElement[]} */
function remarksOf(question, score, words, whole) {
  const { nameOf, oneWord } = typeOf(question);
  const lacking = Object.entries(score.parts).filter(([, part]) => part.reason);
  if (score.remarks.length === 1 && !lacking.length && (score.remarks[0].on === "" || oneWord)) {
    return [h("div", { class: "bc-remarks" }, ...remarkParts(score.remarks[0], words, whole))];
  }
  const items = [
    ...score.remarks.map((remark) => {
      const name = nameOf(question, remark.on);
      const title = name ? h("strong", { class: "bc-about" }, name) : null;
      return h("li", { class: remark.right ? "bc-is-right" : "bc-is-wrong" }, verdict(remark.right, words), " ", title, ...remarkParts(remark, words, whole));
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

// Returns the parts of a remark as a list; a text that its author has not divided stays as it is.
/** @type {(remark: Remark, words: Words, whole: boolean) => HTMLElement[]} */
function remarkParts({ right, text, told: advice }, words, whole) {
  if (!advice) return rich(text);
  const parts = [
    [words.believed, advice.believed],
    [words.why, advice.why ?? advice.text],
    [words.next_time, right || whole ? advice.do : null],
  ];
  const lines = parts
    .filter(([, content]) => content)
    .map(([term, content]) =>
      h("div", { class: term === words.next_time ? "bc-do" : null }, h("dt", {}, term), h("dd", {}, ...rich(/** @type {string} */ (content)))),
    );
  return [h("dl", { class: "bc-parts" }, ...lines)];
}

// Returns one line that names the basis of the answer; the words of the law are one tap away.
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
  /** @type {(title: string, more: string, references: string[], linked: boolean) => HTMLElement[]} */
  const list = (title, more, references, linked) =>
    references.length
      ? [
          h(
            "details",
            { class: "bc-basis" },
            h(
              "summary",
              {},
              h(
                "span",
                {},
                `${title}: `,
                h("b", {}, known(references[0]).text),
                references.length > 1 ? ` ${fill(more, { count: references.length - 1 })}` : null,
              ),
            ),
            h("ul", { class: "bc-basis-list" }, ...references.map((reference) => entry(reference, linked))),
          ),
        ]
      : [];
  return [...list(words.basis, words.basis_more, score.provisions, true), ...list(words.source, words.source_more, score.sources, false)];
}
