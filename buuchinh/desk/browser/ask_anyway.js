// Asks before feedback is packed while something still waits.
import { button, perform } from "./acting.js";
import { h, words } from "./dom.js";
import { closeSheet, openSheet } from "./sheets.js";

/**
 * Ask whether to do an action in spite of what the text says.
 * @param {{ text: string, action: { kind: string, values?: Record<string, any> } }} question @param {(restored: boolean) => void} closed
 */
export function askAnyway({ text, action }, closed) {
  const onward = () => {
    closeSheet();
    return perform({ ...action, values: { ...action.values, anyway: true } });
  };
  openSheet({ title: words.pack_anyway, body: [h("p", null, text)], kind: "asks", foot: [button(words.cancel, closeSheet, "main"), button(words.pack_anyway_do, onward, "small grey")], closed });
}
