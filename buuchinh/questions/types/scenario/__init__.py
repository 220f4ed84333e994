"""``scenario``: a decision graph, one moment at a time."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.scenario import model, reading, score, words

TYPE = QuestionType(
    name="scenario",
    place=80,
    public=model.Scenario,
    authored=model.ScenarioQuestion,
    score=by_key(score.score),
    read_fields=frozenset({"role"}),
    authors_fields=frozenset({"world"}),
    rearrange=model.rearrange,
    standin=words.standin,
    left_open=model.left_open,
    told_back=words.told_back,
    offers=words.offers,
    reading=reading.of_path,
    tells_a_story=lambda _: True,
)
