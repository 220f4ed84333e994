// The line to the server: as Jupyter's own requests go, with the token and the cookie against forgery. Where nobody
// answers, it is said once at the top of the page, and tried again until somebody does.

const PATIENCE = 10_000; // milliseconds
const FIRST = 60_000; // a slow disk takes its time with the first page of the day
const AGAIN = 3000;
const OTHERS = "BroadcastChannel" in window ? new BroadcastChannel("buuchinh") : null;
const scripts = new Map();
const styles = new Map();

function configured() {
  return JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
}

function address(name) {
  return `${configured().baseUrl || "/"}buuchinh/live/${name}`;
}

function passes() {
  const forgery = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1];
  const { token } = configured();
  return { ...(forgery && { "X-XSRFToken": forgery }), ...(token && { Authorization: `token ${token}` }) };
}

// Windows of the same browser are told at once; others see it when they are looked at again.
export function tellOthers() {
  OTHERS?.postMessage("saved");
}

export class Line {
  constructor(path, sources, look) {
    this.asked = { path, sources };
    this.page = null;
    this.words = {};
    this.look = look;
    this.hear = () => void look();
    OTHERS?.addEventListener("message", this.hear);
  }

  async open() {
    const found = await this.post("open", this.asked, FIRST);
    this.page = found.page;
    this.words = found.words;
    return found;
  }

  // What would be shown now; the page stays the one that it is.
  peek() {
    return this.post("open", { ...this.asked, look: true });
  }

  async say(item, message, reopen = null) {
    try {
      return await this.post("say", { page: this.page, item, message });
    } catch (error) {
      if (error.status !== 410 || !reopen) throw error;
      await reopen();
      return await this.post("say", { page: this.page, item, message });
    }
  }

  async post(name, content, patience = PATIENCE) {
    let answer;
    try {
      answer = await fetch(address(name), {
        method: "POST",
        headers: { "Content-Type": "application/json", ...passes() },
        body: JSON.stringify(content),
        signal: AbortSignal.timeout(patience),
      });
    } catch (error) {
      this.silent();
      throw error;
    }
    this.answered();
    if (!answer.ok) throw Object.assign(new Error(name), { status: answer.status });
    return answer.json();
  }

  async script({ script, style }) {
    if (!scripts.has(script)) scripts.set(script, import(address(`${script}.js`)));
    if (!styles.has(style)) styles.set(style, laid(style));
    const [module] = await Promise.all([scripts.get(script), styles.get(style)]);
    return module.default;
  }

  silent() {
    if (this.told || !this.words.closed) return;
    this.told = document.createElement("p");
    this.told.className = "bc-closed";
    this.told.lang = "vi";
    this.told.setAttribute("role", "alert");
    this.told.textContent = this.words.closed;
    document.body.append(this.told);
    this.trying = setInterval(() => void this.look(), AGAIN);
  }

  answered() {
    clearInterval(this.trying);
    this.told?.remove();
    this.told = null;
  }

  dispose() {
    this.answered();
    OTHERS?.removeEventListener("message", this.hear);
  }
}

async function laid(style) {
  const sheet = document.createElement("style");
  const answer = await fetch(address(`${style}.css`), { headers: passes() });
  sheet.textContent = answer.ok ? await answer.text() : "";
  document.head.append(sheet);
}
