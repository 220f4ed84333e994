"""``form``: several small questions on one sheet."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.form import model, reading, score, words

TYPE = QuestionType(
    name="form",
    place=90,
    public=model.Form,
    authored=model.FormQuestion,
    score=score.score,
    typed=True,
    inner="fields",
    standin=words.standin,
    left_open=reading.left_open,
    told_back=words.told_back,
    reading=reading.of_fields,
    tells_a_story=lambda _: True,
)
