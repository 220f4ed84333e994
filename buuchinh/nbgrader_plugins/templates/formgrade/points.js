// Formgrader's fields for points: read as a Vietnamese clerk types them, stored as typed or refused aloud, never clamped.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("bc-words").textContent);
  const POINTS = /^\d{1,6}(?:[.,]\d{1,4})?$/;

  const pointsText = (value) => (value === null || value === undefined ? "" : String(value).replace(".", ","));

  /** Return the number that was typed (null for none), or why it is refused. `most` null: no upper end. */
  function read(typed, most) {
    const text = typed.trim();
    if (text === "") return { value: null };
    if (!POINTS.test(text)) return { refused: words.no_number };
    const value = Number(text.replace(",", "."));
    if (most !== null && value > most) return { refused: words.too_much.replace("{most}", pointsText(most)) };
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

  // The answer to one save may arrive while the next is typed: a field that is being typed in is never written over.
  const BEING_TYPED = "bc-being-typed";
  document.addEventListener("input", (typed) => typed.target.classList.add(BEING_TYPED));
  const taken = (fields) => fields.removeClass(BEING_TYPED);
  const free = (fields) => fields.not(`.${BEING_TYPED}`);

  const { initialize, render, assignFullCredit, assignNoCredit } = GradeUI.prototype;

  GradeUI.prototype.initialize = function () {
    const most = pointsText(this.model.get("max_score"));
    this.$el.find(".score").each((_, field) => prepare(field, words.label.replace("{most}", most)));
    this.$el.find(".extra-credit").each((_, field) => prepare(field, words.label_extra));
    initialize.call(this);
    this.$score.attr("placeholder", pointsText(this.model.get("auto_score")));
  };

  GradeUI.prototype.render = function () {
    const typed = this.$el.find(`.${BEING_TYPED}`).get().map((field) => [field, field.value]);
    render.call(this); // nbgrader's, which writes into both fields
    for (const [fields, name] of [[this.$score, "manual_score"], [this.$extra_credit, "extra_credit"]]) {
      free(fields).val(pointsText(this.model.get(name))).each((_, field) => say(field, ""));
    }
    for (const [field, value] of typed) field.value = value;
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
    taken(this.$score.add(this.$extra_credit));
    this.model.save({ manual_score: points.value, extra_credit: extra.value });
    this.render();
  };

  for (const [name, assign] of Object.entries({ assignFullCredit, assignNoCredit })) {
    GradeUI.prototype[name] = function () {
      taken(this.$score.add(this.$extra_credit));
      assign.call(this);
      this.render(); // also where the points stay as they were and nbgrader sees no change
    };
  }

  const comment = { render: CommentUI.prototype.render, save: CommentUI.prototype.save };

  CommentUI.prototype.render = function () {
    if (free(this.$comment).length) comment.render.call(this);
  };

  CommentUI.prototype.save = function () {
    taken(this.$comment);
    comment.save.call(this);
  };

  window.addEventListener("beforeunload", (leaving) => {
    if (document.querySelector('[aria-invalid="true"]')) leaving.preventDefault();
  });
})();
