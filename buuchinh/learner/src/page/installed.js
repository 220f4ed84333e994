// Installation from a web server: the course may be put on the home screen, and works without the network; from a disk it does
// so anyway. A newer version waits until this page is ready for it: one press, typed text is saved first, every window goes
// along.
import { button, h } from "../question/dom.js";
import { toScreen } from "./install_hint.js";

const LOOK_AGAIN = 3600000; // a page that stays open for days looks for a newer version once an hour, when it is looked at

// Registers the service worker once the first page is drawn: it fetches the whole course, and would take the line from that page.
// settled(): saves typed text and resolves when it is saved.
export async function stayOffline({ main, say, settled, drawn }) {
  if (!location.protocol.startsWith("http")) return;
  document.head.append(h("link", { rel: "manifest", href: "hoc.webmanifest" }));
  // Over plain http on a local network browsers offer no service worker: the pages then work while the server does.
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const version = document.documentElement.dataset.build;
  let leaving = false;
  workers.addEventListener("controllerchange", async () => {
    if (leaving || (await versionOf(workers.controller)) === version) return; // it is the worker of this very page
    leaving = true;
    await settled();
    location.reload();
  });
  await drawn;
  const registration = await workers.register("offline.js").catch(() => null);
  if (!registration) return;

  function offer() {
    if (!registration.waiting || !workers.controller || document.getElementById("hoc-newer")) return;
    const take = async () => {
      await settled();
      registration.waiting?.postMessage("take over");
    };
    main.before(h("section", { id: "hoc-newer", class: "hoc-newer", role: "status" }, h("p", {}, say("newer")), button(say("newer_take"), take, "hoc-button")));
  }

  registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", offer));
  offer();
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_AGAIN) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
  if (workers.controller) return;
  const { active } = await workers.ready;
  active.postMessage({ version }); // the first visit: from now on this page needs no server, if the worker is of its version
}

// Resolves to the version of a worker. One that does not answer (0.1.1 and earlier knew no messages) leaves it pending: nothing
// is done then.
function versionOf(worker) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker?.postMessage("version", [port2]);
  });
}

// Returns the note that the pages need no network, shown once that is true, with how to put them on a telephone's first screen.
export function storageNote(host) {
  const note = h("div", { class: "hoc-note", hidden: true }, h("p", {}, host.say("kept_offline")), toScreen(host));
  const served = location.protocol.startsWith("http") ? navigator.serviceWorker : null;
  served?.ready.then(() => (note.hidden = false), () => {});
  return note;
}
