// Offers, in a unit's sheet, all that goes back to trainees: feedback to send and to print, solutions, and who is waited for.
import { button, perform } from "./acting.js";
import { h, words } from "./dom.js";
import { fileAddress } from "./server.js";

/**
 * @param {GiveBack} about
 * @param {() => any} again opens the sheet anew, after something was made at once
 */
export function giveBack({ lines, actions, files }, again) {
  if (!lines.length && !actions.length && !files.length) return null;
  const link = ({ text, path, opens }) => h("li", null, h("span", { class: "grow" }, text),
    opens ? h("a", { href: fileAddress(path), target: "_blank", rel: "noopener" }, words.give_open) : h("a", { href: `${fileAddress(path)}?download=1`, download: true }, words.give_load));
  const press = async (action) => {
    await perform(action);
    if (action.kind === "solutions") await again();
  };
  return [
    h("h3", null, words.give_back),
    lines.map((line) => h("p", { class: "soft" }, line)),
    actions.length > 0 && h("div", { class: "row spaced" }, actions.map((action, n) => button(action.text, () => press(action), n ? "small grey" : "small"))),
    files.length > 0 && h("ul", { class: "facts" }, files.map(link)),
  ];
}
