// Makes elements. Whatever people wrote goes in as text alone: nothing here takes HTML.

/** @typedef {Node | string | number | false | null | undefined | any[]} Part */

/**
 * Return an element with properties and children; `on` holds listeners, `data` data attributes, other names are attributes.
 * @param {string} tag
 * @param {Record<string, any> | null} [attributes]
 * @param {...Part} parts
 * @returns {any}
 */
export function h(tag, attributes, ...parts) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "width") made.style.width = value;
    else made.setAttribute(name === "class" ? "class" : name, value === true ? "" : String(value));
  }
  made.append(.../** @type {any[]} */ (parts.flat(Infinity)).filter((part) => part !== false && part !== null && part !== undefined).map((part) => (part instanceof Node ? part : String(part))));
  return made;
}

/** Return the element with this id. @param {string} id @returns {any} */
export const at = (id) => document.getElementById(id);

export { filled, plain } from "./sentences.js";

/** Return the JSON that the page came with, and take it out of the page: names must not stay there. @param {string} id */
export function embeddedData(id) {
  const place = at(id), text = place.textContent;
  place.remove();
  return JSON.parse(text);
}

/** The page's own sentences. @type {Record<string, string>} */
export const words = embeddedData("phrases");

/**
 * Say something to those who hear the page; it also stands in the foot line, and in the open sheet, with the file that was
 * written. The place is emptied before, so that the same words are heard again. What was not done has another colour.
 * @param {string} text @param {string} [file] @param {boolean} [failed]
 */
export function tell(text, file = "", failed = false) {
  at("told").textContent = "";
  setTimeout(() => {
    at("told").textContent = text;
  }, 50);
  document.dispatchEvent(new CustomEvent("told", { detail: { text, file, failed } }));
}

/** Return a bar of which a share is filled. @param {number} share @param {string} [kind] */
export const bar = (share, kind = "") => h("span", { class: `bar ${kind}`, "aria-hidden": "true" }, h("i", { width: `${Math.round(100 * share)}%` }));
