// The full instructions in danger: leave, then call; who answers each number; the people first.
import { h } from "../question/dom.js";
import { call } from "./call.js";

/** @param {Host} host */
export function danger(host, text = host.say("danger")) {
  return h("section", { class: "hoc-danger", "aria-label": host.say("card") },
    h("p", {}, text),
    h("ul", {}, ...host.course.numbers.map(({ number, answers }) => h("li", {}, call(number, {}, [number], h("strong", {}, number)), " ", answers))),
    h("p", { class: "hoc-person" }, host.course.person),
    h("p", {}, h("a", { href: host.cardAddress }, host.say("card_opens"))));
}
