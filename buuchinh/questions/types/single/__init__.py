"""``single``: one option is right."""

from buuchinh.questions import offers
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.single import model, score, words

TYPE = QuestionType(
    name="single",
    place=10,
    public=model.Single,
    authored=model.SingleQuestion,
    field=model.SingleField,
    score=by_key(score.score),
    short=True,
    may_stand_in_exam=True,
    has_options=True,
    rearrange=model.rearrange,
    standin=words.standin,
    told_back=words.told_back,
    offers=offers.of_options,
    shown_to_judges=words.shown_to_judges,
    key_to_judges=words.key_to_judges,
)
