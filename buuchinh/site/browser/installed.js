// On a web server: the course may be put on the home screen, and stays when the network is gone. From a disk it is there anyway.
import { h } from "../../questions/browser/dom.js";

export function stayOffline() {
  if (!location.protocol.startsWith("http")) return;
  document.head.append(h("link", { rel: "manifest", href: "hoc.webmanifest" }));
  // Over plain http on a local network browsers offer no service worker: the pages then work while the server does.
  navigator.serviceWorker?.register("offline.js").catch(() => {});
}
