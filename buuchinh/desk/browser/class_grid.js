// The class as a grid: people and units, one stop of the Tab key, arrows within, Enter opens, filters above.
import { perform } from "./acting.js";
import { bar, filled, h, plain, words } from "./dom.js";
import { oneStop } from "./toolbar.js";

const SENT = 1, PASSED_BEFORE = 2, OWES = 4, ALIKE = 8;
const PAGE = 10;
const UNFOLDED = "buuchinh-desk-unfolded";

export class ClassGrid {
  /** @param {HTMLElement} place @param {{ cell: (unit: string, code: string) => void, unit: (unit: string) => void, person: (code: string) => void, keys: () => void }} opens */
  constructor(place, opens) {
    this.opens = opens;
    this.filter = "all";
    this.office = "";
    this.search = "";
    /** The cell that has the focus or gets it back: the row by its key, the column by its number. */
    this.active = { row: "", column: 0 };
    this.shown = "";
    this.offices = /** @type {string | null} */ (null);
    this.data = /** @type {ClassTable} */ (/** @type {unknown} */ (null));
    this.table = h("table", { role: "grid", "aria-label": document.title });
    this.unfolded = sessionStorage.getItem(UNFOLDED) !== null;
    this.fold = h("button", { type: "button", class: "btn small grey", on: { click: () => this.turn() } });
    this.place = h("div", { class: "card grid" }, this.table);
    this.tools = h("div", { class: "tools" });
    this.found = h("p", { class: "unseen", role: "status" });
    place.replaceChildren(this.tools, this.place, this.found);
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("click", (event) => this.press(event));
  }

  /** @param {ClassTable} data */
  show(data) {
    const content = JSON.stringify(data);
    if (content === this.shown) return;
    this.shown = content;
    this.data = data;
    this.showTools();
    this.draw();
  }

  showTools() {
    const offices = [...new Set(this.data.rows.map((row) => row[2]).filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi", { numeric: true }));
    if (this.offices === offices.join("\n")) {
      for (const [n, button] of [...this.tools.querySelectorAll(".seg button")].entries()) button.textContent = this.data.filters[n].text;
      return;
    }
    this.offices = offices.join("\n");
    const filters = this.data.filters.map((filter) => h("button", {
      type: "button", "aria-pressed": String(filter.id === this.filter), on: { click: () => this.choose({ filter: filter.id }) },
    }, filter.text));
    const office = h("select", { "aria-label": words.office_filter, on: { change: (event) => this.choose({ office: event.target.value }) } },
      h("option", { value: "" }, words.all_offices), offices.map((name) => h("option", { value: name, selected: name === this.office }, name)));
    const search = h("input", { type: "search", placeholder: words.search, "aria-label": words.search, value: this.search, on: { input: (event) => this.choose({ search: event.target.value }) } });
    const seg = h("div", { class: "seg", "aria-label": words.filter }, filters);
    oneStop(seg, this.data.filters.findIndex((filter) => filter.id === this.filter));
    this.tools.replaceChildren(
      seg, search, ...(offices.length > 1 ? [office] : []), this.fold,
      h("div", { class: "keys" }, h("span", { class: "arrows" }, h("kbd", null, "↑↓←→"), ` ${words.keys_arrows} · `, h("kbd", null, "Enter"), ` ${words.keys_open} ·`),
        h("button", { type: "button", on: { click: this.opens.keys } }, h("kbd", null, "F1"), words.keys_all)));
  }

  /** Show the units that were never given out, or fold them away; this window remembers it. */
  turn() {
    this.unfolded = !this.unfolded;
    if (this.unfolded) sessionStorage.setItem(UNFOLDED, "1");
    else sessionStorage.removeItem(UNFOLDED);
    this.draw();
  }

  /** Return the numbers of the units that have a column: without those not given out, unless these are unfolded. */
  columns() {
    const { units, rows, states } = this.data;
    const all = units.map((_, n) => n);
    const used = all.filter((n) => units[n].of || units[n].next.kind || rows.some((row) => !["not_given", "not_expected"].includes(states[row[4][n][0]].id)));
    const count = used.length ? all.length - used.length : 0;
    this.fold.hidden = !count;
    this.fold.textContent = filled(this.unfolded ? words.fold_units : words.unfold_units, { count });
    this.fold.setAttribute("aria-expanded", String(this.unfolded));
    return this.unfolded || !count ? all : used;
  }

  /** @param {Partial<{ filter: string, office: string, search: string }>} chosen */
  choose(chosen) {
    Object.assign(this, chosen);
    for (const [n, button] of [...this.tools.querySelectorAll(".seg button")].entries()) button.setAttribute("aria-pressed", String(this.data.filters[n].id === this.filter));
    this.draw();
    this.found.textContent = this.count();
  }

  rows() {
    /** @type {Partial<RowFilter>} */
    const filter = this.data.filters.find((filter) => filter.id === this.filter) ?? {};
    const phrase = plain(this.search);
    return this.data.rows.filter((row) => {
      const [code, name, office, , cells] = row;
      if (this.office && office !== this.office) return false;
      if (phrase && !plain(`${code} ${name} ${office}`).includes(phrase)) return false;
      if (filter.states) return cells.some((cell) => filter.states.includes(cell[0]));
      return filter.flag ? cells.some((cell) => (cell[2] ?? 0) & filter.flag) : true;
    });
  }

  /** Return how many people are shown, in words. */
  count() {
    const visible = this.rows().length, count = this.data.rows.length;
    return visible === count ? filled(words.person_count, { count }) : filled(words.person_visible, { visible, count });
  }

  draw() {
    const focused = this.table.contains(document.activeElement);
    const rows = this.rows();
    const columns = this.columns(), units = columns.map((n) => this.data.units[n]);
    const names = h("tr", { data: { row: "#names" } },
      h("th", { class: "stick", scope: "col", role: "columnheader", tabindex: "-1" }, words.people, h("span", { class: "t" }, this.count())),
      h("th", { scope: "col", role: "columnheader", tabindex: "-1" }, words.office),
      h("th", { scope: "col", role: "columnheader", tabindex: "-1", class: "role-column" }, words.role),
      units.map((unit) => h("th", { scope: "col", role: "columnheader", tabindex: "-1", data: { unit: unit.id } },
        h("button", { type: "button", tabindex: "-1", "aria-label": filled(words.open_unit, unit) },
          unit.short, " ", unit.of > 0 && h("span", { class: "of", "aria-label": filled(words.progress, unit) }, `${unit.done}/${unit.of}`),
          h("span", { class: "t", title: unit.subject }, unit.subject), bar(unit.of ? unit.done / unit.of : 0)))));
    const next = h("tr", { data: { row: "#next" } },
      h("td", { class: "stick", role: "gridcell", tabindex: "-1" }), h("td", { role: "gridcell", tabindex: "-1" }), h("td", { class: "role-column", role: "gridcell", tabindex: "-1" }),
      units.map((unit) => h("td", { role: "gridcell", tabindex: "-1", class: `next tone-${unit.next.tone}`, data: { unit: unit.id } },
        unit.next.kind ? h("button", { type: "button", tabindex: "-1", "aria-label": `${unit.next.text}: ${unit.short}` }, unit.next.text) : unit.next.text)));
    const body = h("tbody", null, rows.map((row) => this.row(row, columns)));
    this.table.replaceChildren(h("thead", null, names, next), body);
    this.table.setAttribute("aria-rowcount", String(rows.length + 2));
    if (!rows.length) body.append(h("tr", null, h("td", { class: "none-shown", colspan: String(units.length + 3) }, words.nobody_shown)));
    this.stop(focused);
  }

  /** @param {ClassTable["rows"][number]} row @param {number[]} columns */
  row([code, name, office, role, cells], columns) {
    return h("tr", { data: { row: code } },
      h("th", { scope: "row", class: "stick", role: "rowheader", tabindex: "-1", title: name || false }, h("span", { class: "code" }, code), name && " ", name && h("span", { class: "who" }, name)),
      h("td", { role: "gridcell", tabindex: "-1" }, office),
      h("td", { class: "soft role-column", role: "gridcell", tabindex: "-1" }, role),
      columns.map((n) => this.cell(cells[n], this.data.units[n])));
  }

  /** @param {any[]} cell @param {UnitColumn} unit */
  cell([number, points = "", flags = 0], unit) {
    const state = this.data.states[number];
    const text = points || (flags & PASSED_BEFORE ? "" : state.word);
    const labels = [state.full, points && filled(words.points_word, { points }), flags & SENT && words.sent_word, flags & OWES && words.owes_word, flags & PASSED_BEFORE && words.passed_before, flags & ALIKE && words.alike_word];
    return h("td", { class: `c tone-${state.tone}${flags & OWES ? " owes" : ""}`, role: "gridcell", tabindex: "-1", data: { unit: unit.id }, "aria-label": `${unit.short}: ${labels.filter(Boolean).join(", ")}`, title: labels.filter(Boolean).join(", ") },
      state.sign && h("span", { class: "s", "aria-hidden": "true" }, state.sign), text, flags & ALIKE ? h("span", { class: "alike", "aria-hidden": "true" }, "≈") : null);
  }

  /** Make one cell the grid's only stop. @param {boolean} focus */
  stop(focus) {
    const rows = this.lines();
    const row = rows.find((row) => row.dataset.row === this.active.row) ?? rows[2] ?? rows[0];
    const cells = this.cells(row);
    const cell = cells[Math.min(this.active.column, cells.length - 1)];
    for (const stop of this.table.querySelectorAll('[tabindex="0"]')) stop.tabIndex = -1;
    if (!cell) return;
    cell.tabIndex = 0;
    if (focus) cell.focus();
  }

  /** @returns {HTMLElement[]} */
  lines() {
    return [...this.table.querySelectorAll("tr[data-row]")];
  }

  /** @param {HTMLElement} row @returns {HTMLElement[]} */
  cells(row) {
    return row ? /** @type {HTMLElement[]} */ ([...row.children]).filter((child) => child.offsetParent !== null || child.getClientRects().length) : [];
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const cell = /** @type {HTMLElement} */ (event.target).closest("td, th");
    const row = /** @type {HTMLElement} */ (cell?.closest("tr[data-row]"));
    if (!cell || !row || event.altKey || event.ctrlKey && !["Home", "End"].includes(event.key)) return;
    const rows = this.lines();
    const line = rows.indexOf(row), column = this.cells(row).indexOf(/** @type {HTMLElement} */ (cell));
    const last = this.cells(row).length - 1;
    const to = {
      ArrowRight: [line, column + 1], ArrowLeft: [line, column - 1], ArrowDown: [line + 1, column], ArrowUp: [line - 1, column],
      Home: [event.ctrlKey ? 0 : line, 0], End: [event.ctrlKey ? rows.length - 1 : line, last],
      PageDown: [Math.min(line + PAGE, rows.length - 1), column], PageUp: [Math.max(line - PAGE, 0), column],
    }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.open(row, /** @type {HTMLElement} */ (cell));
    } else if (to) {
      event.preventDefault();
      const [down, right] = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, 1], End: [0, -1], PageDown: [1, 0], PageUp: [-1, 0] }[event.key];
      let [line, column] = to, target = this.cells(rows[line])[column];
      while (target && !target.textContent && !target.getAttribute("aria-label")) target = this.cells(rows[line += down])[column += right];
      if (target) this.focus(rows[line], target);
    }
  }

  /** @param {HTMLElement} row @param {HTMLElement} cell */
  focus(row, cell) {
    this.active = { row: row.dataset.row ?? "", column: this.cells(row).indexOf(cell) };
    this.stop(true);
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Put the focus back where it stood. */
  back() {
    this.stop(true);
  }

  /** @param {MouseEvent} event */
  press(event) {
    const cell = /** @type {HTMLElement} */ (event.target).closest("td, th");
    const row = cell?.closest("tr[data-row]");
    if (!cell || !row) return;
    const stop = /** @type {HTMLElement} */ (cell), line = /** @type {HTMLElement} */ (row);
    const isHead = line.dataset.row?.startsWith("#");
    if (isHead && !/** @type {HTMLElement} */ (event.target).closest("button")) return;
    this.focus(line, stop);
    this.open(line, stop);
  }

  /** @param {HTMLElement} row @param {HTMLElement} cell */
  open(row, cell) {
    const unit = this.data.units.find((unit) => unit.id === cell.dataset.unit);
    if (row.dataset.row === "#names") return unit && this.opens.unit(unit.id);
    if (row.dataset.row === "#next") return unit?.next.kind && perform(/** @type {DeskButton} */ (unit.next));
    if (unit) return !cell.classList.contains("tone-none") && this.opens.cell(unit.id, row.dataset.row ?? "");
    return cell.tagName === "TH" && this.opens.person(row.dataset.row ?? "");
  }
}
