"""``multiple``: several options may be right."""

from buuchinh.questions import offers
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.multiple import model, score
from buuchinh.questions.types.single import model as single_model
from buuchinh.questions.types.single import words

TYPE = QuestionType(
    name="multiple",
    place=20,
    public=model.Multiple,
    authored=model.MultipleQuestion,
    field=model.MultipleField,
    score=by_key(score.score),
    short=True,
    may_stand_in_exam=True,
    has_options=True,
    rearrange=single_model.rearrange,
    standin=words.standin,
    told_back=words.told_back,
    offers=offers.of_options,
    shown_to_judges=words.shown_to_judges,
    key_to_judges=words.key_to_judges,
)
