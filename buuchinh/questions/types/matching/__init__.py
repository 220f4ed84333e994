"""``matching``: pairs to find."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.matching import model, score, words

TYPE = QuestionType(
    name="matching",
    place=60,
    public=model.Matching,
    authored=model.MatchingQuestion,
    field=model.MatchingField,
    score=by_key(score.score),
    short=True,
    may_stand_in_exam=True,
    rearrange=model.rearrange,
    standin=words.standin,
    left_open=model.left_open,
    told_back=words.told_back,
    shown_to_judges=words.shown_to_judges,
    key_to_judges=words.key_to_judges,
)
