"""``ordering``: items to put in order."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.ordering import model, score, words

TYPE = QuestionType(
    name="ordering",
    place=50,
    public=model.Ordering,
    authored=model.OrderingQuestion,
    field=model.OrderingField,
    score=by_key(score.score),
    short=True,
    may_stand_in_exam=True,
    rearrange=model.rearrange,
    standin=words.standin,
    told_back=words.told_back,
    shown_to_judges=words.shown_to_judges,
    key_to_judges=words.key_to_judges,
)
