"""``survey``: an opinion, never scored."""

from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.single.words import standin
from buuchinh.questions.types.survey import model, score, words

TYPE = QuestionType(
    name="survey",
    place=110,
    public=model.Survey,
    authored=model.SurveyQuestion,
    score=score.score,
    scored=False,
    authors_fields=frozenset({"comes_back"}),
    standin=standin,
    told_back=words.told_back,
)
