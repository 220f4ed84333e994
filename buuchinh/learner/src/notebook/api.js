// The course's own requests to the Jupyter server (learner/server/), with the token and the anti-forgery cookie, like Jupyter's;
// if there is only a kernel, they go to it (bridge.js). Writes go one after the other, so that an older answer never arrives
// after a newer one.

const PATIENCE = 10_000; // milliseconds
const FIRST = 60_000; // a slow disk takes its time with the first page of the day
const VERSION = "X-Buuchinh-Version";
let version = null; // the version of the server that this page was loaded from
/** @type {Promise<any>} */
let writing = Promise.resolve();
let reached = false;
let carry = overHttp;
let coursesPlace = ""; // of the course below the server's root

// kind: "refused", "unreachable", "outdated" or "full"; the message is a sentence for people.
export class HostError extends Error {
  constructor(kind, message, more = {}) {
    super(message);
    this.kind = kind;
    this.needsCode = more.needs_code === true;
  }
}

// Sets another way than HTTP: `way(method, name, given)` resolves to the reply, or rejects with a HostError.
export function useTransport(way, place) {
  carry = (method, name, parameters, content) => way(method, name, { ...parameters, ...content });
  coursesPlace = place;
}

export function configured() {
  return JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
}

// Returns the address of a file of the course as the server shows it, or of a notebook as JupyterLab does.
export function addressOf(kind, path) {
  return `${configured().baseUrl || "/"}${kind}/${(coursesPlace + path).split("/").map(encodeURIComponent).join("/")}`;
}

export const get = (name, parameters) => carry("GET", name, parameters);
export const post = (name, content) => inTurn(() => carry("POST", name, {}, content));
export const put = (name, content) => inTurn(() => carry("PUT", name, {}, content));
export const remove = (name, parameters) => inTurn(() => carry("DELETE", name, parameters));

// Resolves when all writes so far have succeeded or failed.
export const settled = () => writing;

function inTurn(act) {
  const done = writing.then(act);
  writing = done.catch(() => {});
  return done;
}

async function overHttp(method, name, parameters, content) {
  const { baseUrl = "/", token } = configured();
  const forgery = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1];
  const query = new URLSearchParams(Object.entries(parameters ?? {}).filter(([, value]) => value !== null && value !== undefined));
  const headers = {
    "Content-Type": "application/json",
    ...(forgery && { "X-XSRFToken": forgery }),
    ...(token && { Authorization: `token ${token}` }),
    ...(version && { [VERSION]: version }),
  };
  let answer;
  try {
    answer = await fetch(`${baseUrl}buuchinh/api/${name}?${query}`, { method, headers, body: content && JSON.stringify(content), signal: AbortSignal.timeout(reached ? PATIENCE : FIRST) });
  } catch {
    throw new HostError("unreachable", "");
  }
  reached = true;
  version ??= answer.headers.get(VERSION);
  const reply = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new HostError(reply.kind ?? "refused", reply.message ?? "", reply);
  return reply;
}
