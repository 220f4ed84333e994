"""How nbgrader works in this course; plain `nbgrader` commands at the root read it, and so does `buuchinh`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import given_points, gradebook
from buuchinh.messages import say
from buuchinh.nbgrader_plugins import formgrader

c = get_config()
root = Path(__file__).resolve().parent

# nbgrader makes a new gradebook with the program `alembic` and looks for it in PATH, where an environment
# that is not activated does not stand.
tools = str(Path(sys.executable).parent)
if tools not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join(filter(None, (tools, os.environ.get("PATH"))))

c.CourseDirectory.course_id = "buuchinh"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = course.SOURCE
c.CourseDirectory.release_directory = course.EXERCISES
c.CourseDirectory.submitted_directory = course.SUBMITTED
c.CourseDirectory.autograded_directory = course.AUTOGRADED
c.CourseDirectory.feedback_directory = course.FEEDBACK
c.CourseDirectory.db_url = os.environ.get("BUUCHINH_DB_URL") or gradebook.address_of(root / "gradebook.db")

# nbgrader has SQLAlchemy loaded when it reads this file; `buuchinh` need not load it for that.
if "sqlalchemy" in sys.modules:
    gradebook.configure_sqlite()
    given_points.watch()  # formgrader stores points without an hour

# A second defence for plain `nbgrader generate_assignment`; `buuchinh release` publishes by an allow-list.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    ".*",
    f"{course.QUESTIONS}*",
    course.FORMS,
    course.RELEASES,
    "*.yml",
    "*.yaml",
    "*.bak",
    "*.orig",
    "*.old",
    "*~",
    course.RECEIPT,
    course.COLLECTED,
]

# A hub names its exchange (docs/deploy.md); elsewhere hand-ins come by `buuchinh collect`, and this folder stays empty.
# Its time zone stays UTC: a stamp that ends in "+07" breaks the names of hand-ins, which nbgrader splits at "+".
c.Exchange.root = os.environ.get("BUUCHINH_EXCHANGE") or str(root / "exchange")

c.GenerateAssignment.preprocessors = [
    "buuchinh.nbgrader_plugins.release_steps.ReadQuestions",
    "nbgrader.preprocessors.LockCells",
    "buuchinh.nbgrader_plugins.release_steps.LeaveGivenLines",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
    "buuchinh.nbgrader_plugins.release_steps.FinishNotebook",
]
c.ClearSolutions.code_stub = {"python": say("release.code_stub")}
c.ClearSolutions.text_stub = say("release.text_stub")

# Scores come from answers, outside the kernel: the key never meets a trainee's code, so nothing is executed here.
c.OverwriteCells.add_missing_cells = True
c.OverwriteCells.missing_cell_notification = say("release.missing_cell")
c.Autograde.autograde_preprocessors = [
    "buuchinh.nbgrader_plugins.score_answers.ScoreAnswers",
    "nbgrader.preprocessors.LimitOutput",
    "buuchinh.nbgrader_plugins.score_answers.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Formgrader and nbgrader's feedback show what trainees wrote with the rights of whoever grades.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.preprocessors = ["buuchinh.nbgrader_plugins.sanitize.SanitizeNotebook"]

# On formgrader's page a person types "2,5", and is told what is not stored.
formgrader.configure(c)
