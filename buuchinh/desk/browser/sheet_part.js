// Draws a part of a unit's sheet: what goes back to trainees, how an exam is given out, how its next sitting comes about.
import { allDone, button, perform } from "./acting.js";
import { h, words } from "./dom.js";
import { fileAddress } from "./server.js";

/**
 * Return a part with its heading, or nothing if there is nothing in it.
 * @param {string} heading
 * @param {GiveBack} about
 * @param {() => any} again opens the sheet anew, after something was made, at once or by a job
 */
export function sheetPart(heading, { lines, actions, files }, again) {
  if (!lines.length && !actions.length && !files.length) return null;
  const link = ({ text, path, opens }) => h("li", null, h("span", { class: "grow" }, text),
    opens ? h("a", { href: fileAddress(path), target: "_blank", rel: "noopener" }, words.give_open) : h("a", { href: `${fileAddress(path)}?download=1`, download: true }, words.give_load));
  const title = h("h3", null, heading);
  const press = async (action) => {
    const answer = await perform(action);
    if (answer?.job) await allDone();
    if ((action.kind === "solutions" || answer?.job) && title.isConnected) await again();
  };
  return [
    title,
    lines.map((line) => h("p", { class: "soft" }, line)),
    actions.length > 0 && h("div", { class: "row spaced" }, actions.map((action, n) => button(action.text, () => press(action), n ? "small grey" : "small"))),
    files.length > 0 && h("ul", { class: "facts" }, files.map(link)),
  ];
}
