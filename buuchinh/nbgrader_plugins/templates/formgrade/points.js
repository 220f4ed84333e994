// Formgrader's fields for points: read as a Vietnamese clerk types them, stored as typed or refused aloud, never clamped.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("bc-words").textContent);
  const POINTS = /^\d{1,6}(?:[.,]\d{1,4})?$/;

  const shown = (value) => (value === null || value === undefined ? "" : String(value).replace(".", ","));

  /** Return the number that was typed (null for none), or why it is refused. `most` null: no upper end. */
  function read(typed, most) {
    const text = typed.trim();
    if (text === "") return { value: null };
    if (!POINTS.test(text)) return { refused: words.no_number };
    const value = Number(text.replace(",", "."));
    if (most !== null && value > most) return { refused: words.too_much.replace("{most}", shown(most)) };
    return { value };
  }

  function say(field, refused) {
    const box = field.closest(".panel-heading");
    let line = box.querySelector(`[data-for="${CSS.escape(field.id)}"]`);
    if (!line) {
      line = document.createElement("div");
      line.className = "bc-refused";
      line.dataset.for = field.id;
      line.setAttribute("role", "alert");
      box.append(line);
    }
    line.hidden = !refused;
    line.textContent = refused ? words.not_saved.replace("{typed}", field.value).replace("{why}", refused) : "";
    if (refused) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function prepare(field, label) {
    field.type = "text"; // a field of type "number" drops the comma and makes 25 of 2,5
    field.inputMode = "decimal";
    field.autocomplete = "off";
    field.setAttribute("aria-label", label);
  }

  const { initialize, render } = GradeUI.prototype;

  GradeUI.prototype.initialize = function () {
    const most = shown(this.model.get("max_score"));
    this.$el.find(".score").each((_, field) => prepare(field, words.label.replace("{most}", most)));
    this.$el.find(".extra-credit").each((_, field) => prepare(field, words.label_extra));
    initialize.call(this);
    this.$score.attr("placeholder", shown(this.model.get("auto_score")));
  };

  GradeUI.prototype.render = function () {
    render.call(this);
    for (const [fields, name] of [[this.$score, "manual_score"], [this.$extra_credit, "extra_credit"]]) {
      fields.val(shown(this.model.get(name)));
      fields.each((_, field) => say(field, ""));
    }
  };

  GradeUI.prototype.save = function () {
    const points = read(this.$score.val(), this.model.get("max_score"));
    const extra = read(this.$extra_credit.val(), null);
    say(this.$score[0], points.refused);
    say(this.$extra_credit[0], extra.refused);
    if (points.refused || extra.refused) {
      $(document).off("finished_saving"); // whoever was on the way to the next hand-in stays here
      return;
    }
    this.model.save({ manual_score: points.value, extra_credit: extra.value });
    this.render();
  };

  window.addEventListener("beforeunload", (leaving) => {
    if (document.querySelector('[aria-invalid="true"]')) leaving.preventDefault();
  });
})();
