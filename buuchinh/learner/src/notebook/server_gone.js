// A notice, once at the top of the page, that the server does not answer; it tries again until it does.
import { h } from "../question/dom.js";

const AGAIN = 3000; // milliseconds
let banner = null;
let trying = 0;

// Resolves as the request does; if the server is gone, says so and calls `again` until it is back.
/** @type {<T>(request: Promise<T>, words: string, again: () => unknown) => Promise<T>} */
export async function hereOrNot(request, words, again) {
  try {
    const done = await request;
    hideBanner();
    return done;
  } catch (error) {
    if (error.kind === "unreachable") showBanner(words, again);
    else hideBanner();
    throw error;
  }
}

function showBanner(words, again) {
  if (banner) return;
  banner = h("p", { class: "bc-closed", lang: "vi", role: "alert" }, words);
  document.body.append(banner);
  trying = window.setInterval(again, AGAIN);
}

function hideBanner() {
  clearInterval(trying);
  banner?.remove();
  banner = null;
}
