// Words typed into a search that may mean a danger at hand: the page for emergencies then stands before every result.
import { h } from "../../question/dom.js";
import { EMERGENCY } from "../../routes.js";
import { phrasesOf, read, runs } from "./goods_words.js";

// Tells whether one of the phrases (divided by semicolons) is among the words typed, with their marks or all without.
export function meansDanger(typed, phrases) {
  const words = read(typed);
  const form = words.some(({ text, bare }) => text !== bare) ? "text" : "bare";
  return phrasesOf(phrases).some((parts) => runs(parts, words, form).length > 0);
}

// Returns the way to the page for emergencies if the words typed may mean a danger, or else null.
export function wayOut(say, typed, follow = null) {
  if (!meansDanger(typed, say("danger_words"))) return null;
  return h("p", { class: "hoc-alarm" }, say("danger_asked"), " ", h("a", { href: `#/${EMERGENCY}`, onclick: follow }, say("danger_way")));
}
