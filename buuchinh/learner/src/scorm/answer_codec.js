// One answer in few signs. Ids are written as places in the sorted ids of their question; with them goes a sign of these ids, so that
// an answer is read only if the question still has the same ones. No sign has a meaning in HTML, JSON or an address: there are LMSs
// that give back "&gt;" for ">".
import { isObject } from "../question/compare.js";

export const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
const MOST_STEPS = 30; // of a scenario; more are reduced to the first choice at each place, the one that counts
const READ = { "~": "~", r: ")", p: "|", s: ";", n: "\n", q: "'", d: '"', l: "<", g: ">", a: "&", b: "\\", c: "%", h: "#" }; // "~r" is ")"
const ESCAPED = Object.fromEntries(Object.entries(READ).map(([sign, meant]) => [meant, `~${sign}`]));

// Returns the ids that an answer to a question can name.
export function idsOf(question) {
  const ids = new Set();
  function walk(node) {
    if (Array.isArray(node)) node.forEach(walk);
    else if (isObject(node)) {
      for (const [name, value] of Object.entries(node)) {
        if (name === "keys") continue;
        if (name === "id" && typeof value === "string") ids.add(value);
        if (name === "nodes") Object.keys(value).forEach((id) => ids.add(id));
        walk(value);
      }
    }
  }
  walk({ ...question, id: null });
  return [...ids].sort();
}

// Returns two signs that differ, but by chance, if the ids do.
export function signOf(question) {
  let hash = 0x811c9dc5;
  for (const sign of [question.type, ...idsOf(question)].join(",")) hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193) >>> 0;
  const short = (hash ^ (hash >>> 12) ^ (hash >>> 24)) & 4095;
  return SIGNS[short >> 6] + SIGNS[short & 63];
}

// Returns the answer in signs; a text that was typed has at most `longest` of them before it is written.
export function written(question, answer, longest) {
  const ids = idsOf(question);
  const wide = ids.length > SIGNS.length;
  const known = (id) => typeof id === "string" && ids.includes(id);
  const place = (id) => {
    const index = ids.indexOf(id);
    return wide ? SIGNS[index >> 6] + SIGNS[index & 63] : SIGNS[index];
  };
  const isStep = (step) => isObject(step) && known(step.node) && known(step.choice) && Object.keys(step).length === 2;

  function write(content) {
    if (known(content)) return `.${place(content)}`;
    if (typeof content === "string") return `(${escaped(shortened(content, longest))})`;
    if (Array.isArray(content) && content.every(known)) return `!${content.map(place).join("")};`;
    if (Array.isArray(content) && content.every(isStep)) return `=${counting(content).map(({ node, choice }) => place(node) + place(choice)).join("")};`;
    if (isObject(content) && Object.keys(content).every(known)) return `[${Object.entries(content).map(([id, item]) => place(id) + write(item)).join("")}]`;
    return `$${escaped(JSON.stringify(typeof content === "number" ? content : null))};`;
  }
  return write(answer);
}

// Returns the values that a text holds, one after the other. Throws if it holds anything else.
export function readValues(question, text) {
  const ids = idsOf(question);
  const width = ids.length > SIGNS.length ? 2 : 1;
  let at = 0;

  function place() {
    const signs = text.slice(at, at + width).split("").map((sign) => SIGNS.indexOf(sign));
    at += width;
    const id = signs.length < width || signs.includes(-1) ? undefined : ids[signs.reduce((sum, n) => sum * 64 + n, 0)];
    if (id === undefined) throw new RangeError("no such id");
    return id;
  }

  function until(end) {
    const stop = text.indexOf(end, at);
    if (stop < 0) throw new RangeError("no end");
    const part = text.slice(at, stop);
    at = stop + 1;
    return part;
  }

  function listed(read) {
    const items = [];
    while (text[at] !== ";") items.push(read());
    at += 1;
    return items;
  }

  function table() {
    const entries = {};
    while (text[at] !== "]") entries[place()] = value();
    at += 1;
    return entries;
  }

  function value() {
    const kind = text[at++];
    if (kind === ".") return place();
    if (kind === "(") return plain(until(")"));
    if (kind === "!") return listed(place);
    if (kind === "=") return listed(() => ({ node: place(), choice: place() }));
    if (kind === "[") return table();
    if (kind === "$") return JSON.parse(plain(until(";")));
    throw new RangeError("no value");
  }

  const values = [];
  while (at < text.length) values.push(value());
  return values;
}

// Returns how many signs the longest text has that was typed for an answer.
export function typedLength(question, answer) {
  const ids = idsOf(question);
  function longest(content) {
    if (typeof content === "string") return ids.includes(content) ? 0 : normalForm(content).length;
    return isObject(content) ? Math.max(0, ...Object.values(content).map(longest)) : 0;
  }
  return longest(answer);
}

// Returns a text of at most so many signs; a shortened one ends with "…".
export function shortened(text, longest) {
  const whole = normalForm(text);
  return whole.length <= longest ? whole : `${whole.slice(0, Math.max(0, longest - 1)).replace(/[\ud800-\udbff]$/u, "")}…`;
}

const normalForm = (text) => text.normalize("NFC").replace(/\r\n?/gu, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f]/gu, " ");

function counting(steps) {
  return steps.length <= MOST_STEPS ? steps : steps.filter(({ node }, n) => steps.findIndex((step) => step.node === node) === n);
}

const escaped = (text) => text.replace(/[~)|;\n'"<>&\\%#]/gu, (sign) => ESCAPED[sign]);
const plain = (text) => text.replace(/~(.)/gu, (_, sign) => READ[sign] ?? sign);
