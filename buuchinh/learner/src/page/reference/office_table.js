// Reading of don-vi.csv, as buuchinh/office.py does: any separator and encoding that Excel saves; one sentence a fault.
import { fill } from "../../question/dom.js";
import { fold } from "../../question/text.js";

const PHONE_SHAPE = /^(?:(?:0|\+84)[0-9]{9,10}|1[89]00[0-9]{4,6}|11[2-5])$/u;
const LOST_ZERO = /^(?:[1-9][0-9]{8,9}|[0-9]+(?:,[0-9]+)?E\+?[0-9]+)$/u;
const LARGEST_TABLE = 64000;
const FIRST_LINES = 100; // in which the separator is looked for

function phoneFault(phone) {
  const bare = phone.replace(/[\s.()\-–]+/gu, "");
  if (PHONE_SHAPE.test(bare)) return "";
  return LOST_ZERO.test(bare.toUpperCase()) ? "lost_zero" : "phone";
}

// Returns the fault of one item as it was typed, null if it has none.
export function itemFault(page, name, text) {
  const label = page.fields[name];
  if ([...text].length > page.longest) return fill(page.words.long, { label, most: page.longest });
  const fault = text && page.phones.includes(name) ? phoneFault(text) : "";
  return fault ? fill(page.words[fault], { label, text: [...text].slice(0, 40).join("") }) : null;
}

// Returns {values, faults: [{line, text}]}; bytes: a Uint8Array.
export function readTable(page, bytes) {
  if (bytes.length > LARGEST_TABLE) return { values: {}, faults: [{ line: 0, text: page.words.too_large }] };
  const known = new Map(Object.entries(page.fields).map(([name, label]) => [keyOf(label), name]));
  const values = {};
  const faults = [];
  for (const { line, cells } of rowsOf(decodedTable(bytes))) {
    const [label, text] = [cells[0] ?? "", cells[1] ?? ""].map(cellOf);
    const head = keyOf(label) === keyOf(page.words.columns.item) && !Object.keys(values).length && !faults.length;
    if (head || cells.every((cell) => tidy(cell) === "")) continue;
    const name = known.get(keyOf(label));
    let fault = null;
    if (!name) fault = fill(page.words.unknown, { label: label || "?" });
    else if (text && name in values) fault = fill(page.words.twice, { label });
    else fault = itemFault({ ...page, fields: { ...page.fields, [name]: label } }, name, text);
    if (fault) faults.push({ line, text: fault });
    else if (text) values[name] = text;
  }
  return { values, faults };
}

export function writeTable(page, values) {
  const { item, text } = page.words.columns;
  const rows = Object.entries(page.fields).map(([name, label]) => [label, page.phones.includes(name) ? spaced(values[name] ?? "") : (values[name] ?? "")]);
  return `\ufeff${[[item, text], ...rows].map((row) => row.map(quoted).join(";")).join("\r\n")}\r\n`;
}

// Returns a number with spaces: Excel takes 0987654321 for a number and drops its zero, with spaces it stays a text.
function spaced(phone) {
  return /^0[0-9]{9,10}$/u.test(phone) ? `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}` : phone;
}

function quoted(cell) {
  const safe = /^[=+\-@]/u.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/u.test(safe) ? `"${safe.replace(/"/gu, '""')}"` : safe;
}

export function keyOf(label) {
  return (fold(label).match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
}

export function cellOf(cell) {
  const text = tidy(cell).replace(/^'(?=[=+\-@])/u, "");
  return /[\p{L}\p{N}]/u.test(text) ? text : "";
}

function tidy(cell) {
  const text = cell.normalize("NFC").replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/gu, " ").trim();
}

function decodedTable(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1258").decode(bytes);
  }
}

// Returns the semicolon, tab or comma that is on most of the first lines: titles and addresses may contain commas. A first
// line such as sep=, decides.
function separatorOf(text) {
  const lines = text.split("\n", FIRST_LINES);
  const stated = /^[\uFEFF "]*sep=/iu.test(lines[0]);
  const count = (sign) => (stated ? lines.slice(0, 1) : lines).filter((line) => line.includes(sign)).length;
  return [";", "\t", ","].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

// Returns the rows as Python's csv reads them: a quote counts at the start of a cell, two of them are one, a cell may contain
// line ends. ``line`` counts rows, as Excel does.
function rowsOf(text) {
  const separator = separatorOf(text);
  const rows = [];
  let cells = [];
  let cell = "";
  let state = "start"; // the state of a cell: start, plain, inside (quotes), after (the closing one)
  let line = 1;
  const endCell = () => {
    cells.push(cell);
    cell = "";
    state = "start";
  };
  const endRow = () => {
    if (cells.length || cell || state !== "start") {
      endCell();
      if (!(line === 1 && tidy(cells[0]).toLowerCase().startsWith("sep="))) rows.push({ line, cells });
    }
    cells = [];
  };
  const plain = text.replace(/\r\n?/gu, "\n");
  for (const sign of plain) {
    if (state === "inside") {
      if (sign === '"') state = "after";
      else cell += sign;
    } else if (sign === "\n") {
      endRow();
      line += 1;
    } else if (sign === separator) endCell();
    else if (sign === '"' && (state === "start" || state === "after")) {
      if (state === "after") cell += sign;
      state = "inside";
    } else {
      cell += sign;
      state = "plain";
    }
  }
  endRow();
  return rows;
}
