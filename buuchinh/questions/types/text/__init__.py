"""``text``: words to write, which a machine compares or a person grades."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.text import model, score

TYPE = QuestionType(
    name="text",
    place=70,
    public=model.TextEntry,
    authored=model.TextQuestion,
    field=model.TextField,
    score=by_key(score.score),
    typed=True,
    by_hand=model.by_hand,
    is_task=model.is_task,
    tells_a_story=model.by_hand,
)
