// The pages' first script: the head, the first page, the store. Later scripts find shared modules in `hoc.shared`.
import { shared } from "buuchinh:shared";
import { pageHost } from "./page_host.js";
import { watchDrops } from "./dropped.js";
import { stayOffline } from "./installed.js";
import { hoc } from "./loader.js";
import { route } from "./router.js";
import { listen } from "./windows.js";

window.hoc = { ...hoc, shared };
pageHost().then((host) => {
  listen(host);
  watchDrops(host);
  const drawn = route(host);
  stayOffline({ main: document.getElementById("hoc-main"), say: host.say, settled: host.settled, drawn });
  return drawn;
});
