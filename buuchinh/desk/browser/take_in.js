// Takes files in: dropped, chosen or pasted, they go to the inbox in pieces, one after the other, and are then collected.
import { after, button, lacking } from "./acting.js";
import { bar, filled, h, tell, words } from "./dom.js";
import { act, NotDone, sendPiece } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";

const PIECE = 1_000_000;
const TRIES = 5;
const IGNORED = /(^|\/)(\.|~\$|desktop\.ini$|Thumbs\.db$|System Volume Information)/i;

/** @typedef {{ name: string, file: Blob }} Taken */

export class TakeIn {
  /** @param {string} [call] what is done with the files once they are there */
  constructor(call = "thu") {
    this.call = call;
    this.place = h("div", { class: "card take" });
    this.files = h("input", { type: "file", multiple: true, hidden: true, on: { change: (event) => this.chosen(event.target) } });
    this.folder = h("input", { type: "file", webkitdirectory: true, multiple: true, hidden: true, on: { change: (event) => this.chosen(event.target) } });
    this.stopped = false;
    this.busy = false;
    /** Called with the server's answer. @type {(answer: any) => void} */
    this.ended = () => {};
    this.rest();
    if (call !== "thu") return;
    for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => this.over(/** @type {DragEvent} */ (event)));
    document.addEventListener("dragleave", (event) => event.relatedTarget ?? document.body.classList.remove("dragged"));
    document.addEventListener("drop", (event) => this.dropped(event));
  }

  rest() {
    this.place.replaceChildren(h("b", null, words.drop), h("div", { class: "row" },
      button(words.pick_files, () => this.files.click(), "small grey"), button(words.pick_folder, () => this.folder.click(), "small grey"), button(words.paste, () => this.paste(), "small grey")), this.files, this.folder);
  }

  /** @param {DragEvent} event */
  over(event) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    document.body.classList.add("dragged");
  }

  /** @param {DragEvent} event */
  async dropped(event) {
    document.body.classList.remove("dragged");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const taken = entries.length ? (await Promise.all(entries.map((entry) => filesBelow(/** @type {any} */ (entry))))).flat() : [...event.dataTransfer.files].map((file) => ({ name: file.name, file }));
    await this.send(taken);
  }

  /** @param {HTMLInputElement} input */
  async chosen(input) {
    const taken = [...(input.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
    input.value = "";
    await this.send(taken);
  }

  paste() {
    const area = h("textarea", { "aria-label": words.paste_title });
    const take = async () => {
      const text = area.value.trim();
      if (!text) return lacking(area, words.paste_lacks, go);
      closeSheet();
      await this.send([{ name: "dan-chu.txt", file: new Blob([text], { type: "text/plain" }) }]);
    };
    const go = button(words.paste_take, take, "main");
    openSheet({ title: words.paste_title, lead: h("p", { class: "soft" }, words.paste_lead), body: [area], foot: [go, button(words.cancel, closeSheet, "quiet")], first: "textarea" });
  }

  /** @param {Taken[]} all */
  async send(all) {
    const files = all.filter((entry) => !IGNORED.test(entry.name));
    if (!files.length || this.busy) return tell(this.busy ? words.still_sending : words.nothing_to_take, "", true);
    this.busy = true;
    this.stopped = false;
    const within = this.place.contains(document.activeElement);
    const batch = newBatch();
    try {
      for (const [n, entry] of files.entries()) {
        this.progress(entry.name, n, files.length);
        await this.sendFile(batch, entry);
        if (this.stopped) return;
      }
      const answer = await act(this.call, { batch, files: files.map((entry) => ({ name: entry.name, size: entry.file.size })) });
      if (answer.text) tell(answer.text, answer.file);
      this.ended(answer);
    } catch (error) {
      tell(error instanceof NotDone && error.status ? error.message : words.gone, "", true);
    } finally {
      this.busy = false;
      this.rest();
      if (within && document.activeElement === document.body) this.place.querySelector("button")?.focus();
      after.again();
    }
  }

  /** @param {string} batch @param {Taken} one */
  async sendFile(batch, { name, file }) {
    let offset = 0, tries = 0;
    do {
      try {
        const piece = file.slice(offset, offset + PIECE);
        offset = (await sendPiece({ batch, name, offset, total: file.size }, piece)).got;
        tries = 0;
      } catch (error) {
        const known = error instanceof NotDone ? error : null;
        if (!known || ++tries > TRIES || (known.status && known.status !== 409)) throw error;
        if (known.status === 409) offset = known.body?.got ?? 0;
        else await new Promise((go) => setTimeout(go, 1000 * tries));
      }
    } while (offset < file.size && !this.stopped);
  }

  /** @param {string} file @param {number} done @param {number} total */
  progress(file, done, total) {
    this.place.replaceChildren(h("b", null, filled(words.sending, { file: file.split("/").pop(), done: done + 1, total })), bar(done / total, "blue"),
      button(words.cancel, () => {
        this.stopped = true;
      }, "small grey"));
  }
}

function newBatch() {
  const two = (number) => String(number).padStart(2, "0");
  const now = new Date();
  const random = [...crypto.getRandomValues(new Uint8Array(3))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}-${random}`;
}

/** Return the files below what was dropped. @param {any} entry @param {string} [path] @returns {Promise<Taken[]>} */
async function filesBelow(entry, path = "") {
  const name = path ? `${path}/${entry.name}` : entry.name;
  if (entry.isFile) return [{ name, file: await new Promise((give, fail) => entry.file(give, fail)) }];
  const reader = entry.createReader();
  const entries = [];
  for (;;) {
    const batch = await new Promise((give, fail) => reader.readEntries(give, fail));
    if (!batch.length) break;
    entries.push(...batch);
  }
  return (await Promise.all(entries.map((child) => filesBelow(child, name)))).flat();
}
