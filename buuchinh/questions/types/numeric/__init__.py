"""``numeric``: a number, typed as a Vietnamese clerk writes it."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.numeric import model, score, words

TYPE = QuestionType(
    name="numeric",
    place=40,
    public=model.Numeric,
    authored=model.NumericQuestion,
    field=model.NumericField,
    score=by_key(score.score),
    short=True,
    may_stand_in_exam=True,
    typed=True,
    shown_to_judges=words.shown_to_judges,
    key_to_judges=words.key_to_judges,
)
