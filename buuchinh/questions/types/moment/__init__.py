"""``moment``: a day, an hour or both, typed as people of the post write them."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.moment import model, score, words

TYPE = QuestionType(
    name="moment",
    place=45,
    public=model.Asking,
    authored=model.MomentQuestion,
    field=model.MomentField,
    score=by_key(score.score),
    short=True,
    may_stand_in_exam=True,
    typed=True,
    shown_to_judges=words.shown_to_judges,
    key_to_judges=words.key_to_judges,
)
