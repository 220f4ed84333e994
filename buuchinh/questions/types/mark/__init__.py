"""``mark``: passages of a short document to mark; scored as ``multiple``."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.mark import model, words
from buuchinh.questions.types.multiple.score import score
from buuchinh.questions.types.single.words import key_to_judges, told_back

TYPE = QuestionType(
    name="mark",
    place=35,
    public=model.Mark,
    authored=model.MarkQuestion,
    score=by_key(score),
    short=True,
    may_stand_in_exam=True,
    has_options=True,
    read_fields=frozenset({"heading", "document"}),
    rearrange=model.rearrange,
    standin=words.standin,
    told_back=told_back,
    offers=words.offers,
    shown_to_judges=words.shown_to_judges,
    key_to_judges=key_to_judges,
)
