// Talks to the server that the page came from: asks again with an ETag, posts with Jupyter's XSRF header.
import { h, tell, words } from "./dom.js";

const BASE = document.body.dataset.desk;

/** Why something was not done; `status` is 0 where the server did not answer. */
export class NotDone extends Error {
  /** @param {string} message @param {number} status @param {any} [body] */
  constructor(message, status, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

const etags = new Map();

/**
 * Return fresh data, or null if it is what this page has already.
 * @param {string} name @param {Record<string, string>} [query]
 */
export async function ask(name, query = {}) {
  const address = `${BASE}/manh/${name}?${new URLSearchParams(query)}`;
  const again = Object.keys(query).length === 0 && etags.get(name);
  const answer = await fetchOwn(address, { headers: again ? { "If-None-Match": again } : {}, cache: "no-store" });
  if (answer.status === 304) return null;
  const data = await read(answer);
  if (Object.keys(query).length === 0) etags.set(name, answer.headers.get("ETag"));
  return data;
}

/** Return what the server answers, or null after saying why not. @param {string} name @param {Record<string, string>} query */
export async function askAloud(name, query) {
  try {
    return await ask(name, query);
  } catch (error) {
    tell(/** @type {Error} */ (error).message || words.gone, "", true);
    return null;
  }
}

const running = new Map();

/**
 * Do what a button does, once: the same request while it runs is the same one.
 * @param {string} name @param {Record<string, any>} values
 */
export function act(name, values) {
  const body = JSON.stringify(values);
  const key = `${name} ${body}`;
  if (!running.has(key)) {
    const sent = fetchOwn(`${BASE}/lam/${name}`, { method: "POST", body, headers: { "Content-Type": "application/json" } }).then(read);
    running.set(key, sent.finally(() => running.delete(key)));
  }
  return running.get(key);
}

/** Send a piece of a file, and return how much of it is there. @param {Record<string, any>} place @param {Blob} piece */
export async function sendPiece(place, piece) {
  const address = `${BASE}/manh-tep?${new URLSearchParams(place)}`;
  return read(await fetchOwn(address, { method: "POST", body: piece, headers: { "Content-Type": "application/octet-stream" } }));
}

/** Return the preview of a corrected key, for these other versions or for those that are proposed. @param {string} unit @param {string[]} [versions] */
export const readRegrade = async (unit, versions) => read(await fetchOwn(`${BASE}/sua-dap-an/${unit}${versions ? `?${new URLSearchParams({ versions: versions.join(" ") })}` : ""}`, { cache: "no-store" }));

/** Start to correct a released key as it was previewed. @param {string} unit @param {Record<string, any>} values */
export const sendRegrade = async (unit, values) => read(await fetchOwn(`${BASE}/sua-dap-an/${unit}`, { method: "POST", body: JSON.stringify(values), headers: { "Content-Type": "application/json" } }));

/** Return the address of a file of the course. @param {string} path */
export const fileAddress = (path) => `${document.body.dataset.base}/files/${path.split("/").map(encodeURIComponent).join("/")}`;

/** Return a link that downloads a file of the course. @param {string} path */
export const fileLink = (path) => h("a", { href: `${fileAddress(path)}?download=1`, download: true, title: path }, words.take_file);

/** @param {string} address @param {RequestInit} options */
async function fetchOwn(address, options) {
  try {
    return await fetch(address, { credentials: "same-origin", ...options, headers: { ...options.headers, ...xsrf() } }); // a hub asks for the sign of readers too
  } catch {
    throw new NotDone("", 0);
  }
}

/** @param {Response} answer */
async function read(answer) {
  const body = await answer.json().catch(() => null);
  if (answer.ok) return body;
  throw new NotDone([body?.message, body?.way_out].filter(Boolean).join(" "), answer.status, body);
}

/** @returns {Record<string, string>} */
export function xsrf() {
  const match = /(?:^|; )_xsrf=([^;]+)/.exec(document.cookie);
  return match ? { "X-XSRFToken": decodeURIComponent(match[1]) } : {};
}
