// The screens of a notebook without JupyterLab's extension, as in Notebook 7: a widget without a view of its own, which draws
// each part in place of its stand-in. The kernel answers in place of the server (learner/server/bridge.py).
import { useTransport, HostError } from "./api.js";
import { close, hostAt } from "./notebook_host.js";
import { showPlace } from "./links.js";
import { partIn } from "./part.js";
import { show } from "./parts.js";
import { follow } from "./theme.js";

const PATIENCE = 60_000; // milliseconds: a cell that runs comes first
const BRIDGES = (/** @type {any} */ (window).buuchinhBridges ??= new Map()); // by notebook: a restarted kernel takes over from the one before
const STANDIN = "[data-buuchinh]"; // names the part and the notebook; absent if the extension draws our outputs

// Starts the bridge: anywidget calls it once the kernel has made the widget, and again when a page with that kernel is reloaded.
export function initialize({ model }) {
  const notebook = model.get("notebook");
  BRIDGES.get(notebook)?.();
  const send = asker(model);
  const opened = async () => {
    const host = await hostAt(notebook);
    host.show = (place) => showPlace(document, place);
    return host;
  };
  useTransport(send.ask, coursesPlace(notebook));
  const parts = new Map();

  function look() {
    for (const [place, part] of parts) if (!place.isConnected) takeAway(place, part);
    const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(STANDIN));
    for (const place of places) if (!parts.has(place) && place.dataset.of === notebook) void put(place);
  }

  async function put(place) {
    const standin = [...place.childNodes];
    const node = document.createElement("div");
    const part = partIn(node, opened, standin);
    parts.set(place, { part, standin });
    place.append(node);
    await part.draw(JSON.parse(place.dataset.buuchinh));
    if (parts.has(place)) for (const element of standin) if (element.parentNode === place) element.remove();
  }

  function takeAway(place, { part, standin }) {
    parts.delete(place);
    part.dispose();
    place.replaceChildren(...standin);
  }

  // Updates a card when code has handed in a value, or has not: no output shows it.
  const hear = ({ mount }) => mount && opened().then((host) => show(host, mount, document.createElement("div")));
  model.on("msg:custom", hear);

  const watching = new MutationObserver(look);
  watching.observe(document.body, { childList: true, subtree: true });
  const unfollow = follow();
  look();

  function end() {
    watching.disconnect();
    unfollow();
    model.off("msg:custom", hear);
    send.end();
    for (const [place, part] of parts) takeAway(place, part);
    void close(notebook);
    if (BRIDGES.get(notebook) === end) BRIDGES.delete(notebook);
  }
  BRIDGES.set(notebook, end);
  return end;
}

// Asks the kernel; another window of the same notebook receives the replies too, so each request has a name of its own.
function asker(model) {
  const waiting = new Map();
  const hear = ({ to, ok, told: content }) => {
    waiting.get(to)?.(ok, JSON.parse(content));
    waiting.delete(to);
  };
  model.on("msg:custom", hear);

  function ask(method, path, body) {
    const id = `${Date.now()}-${Math.random()}`;
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        waiting.delete(id);
        reject(new HostError("unreachable", ""));
      }, PATIENCE);
      waiting.set(id, (ok, content) => {
        clearTimeout(giveUp);
        if (ok) resolve(content);
        else reject(new HostError(content.kind, content.message, content));
      });
      model.send({ id, method, path, given: body });
    });
  }

  return { ask, end: () => model.off("msg:custom", hear) };
}

// Returns where the course is below the server's root ("" or "khoa-hoc/"), taken from the page's own address.
function coursesPlace(notebook) {
  const [, path = ""] = decodeURIComponent(location.pathname).match(/\/(?:notebooks|tree)\/(.*)$/u) ?? [];
  const [folder, within] = [path, notebook].map((file) => file.slice(0, file.lastIndexOf("/") + 1));
  return folder.endsWith(within) ? folder.slice(0, folder.length - within.length) : "";
}
