"""``code``: values computed in code."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.code import model, score, words

TYPE = QuestionType(
    name="code",
    place=100,
    public=model.Code,
    authored=model.CodeQuestion,
    score=by_key(score.score),
    from_code=True,
    read_fields=frozenset({"label"}),
    standin=words.standin,
    left_open=model.left_open,
    told_back=words.told_back,
    tells_a_story=lambda _: True,
)
