// Covers a page that may name people while the desk is projected: asks when it is looked at again, and while it is looked at.
const ADDRESS = new URL("../../manh/chieu", import.meta.url);
const EVERY = 2000;
const LOOK = "position:fixed;inset:0;z-index:9;display:grid;place-content:center;padding:24px;background:#fffdf9;color:#1d2433;font:600 20px/1.4 system-ui,sans-serif;text-align:center";
/** @type {HTMLElement | null} */
let cover = null;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(ADDRESS, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  const now = answer?.ok ? await answer.json().catch(() => null) : null;
  if (now) show(now.on ? now.text : "");
}

/** @param {string} text */
function show(text) {
  if (Boolean(text) === Boolean(cover)) return;
  document.body.style.visibility = text ? "hidden" : "";
  cover?.remove();
  cover = null;
  if (!text) return;
  cover = document.createElement("div");
  cover.setAttribute("role", "alert");
  cover.style.cssText = LOOK;
  cover.textContent = text;
  document.documentElement.append(cover);
}

for (const name of ["focus", "pageshow"]) window.addEventListener(name, look);
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
look();
