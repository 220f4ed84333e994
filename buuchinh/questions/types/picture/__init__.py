"""``picture``: several regions of a drawing may be right; each option is a region, named in words too."""

from buuchinh.questions import offers
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.scored import by_key
from buuchinh.questions.types.multiple.score import score
from buuchinh.questions.types.picture import model, words
from buuchinh.questions.types.single.words import key_to_judges, shown_to_judges, told_back

TYPE = QuestionType(
    name="picture",
    place=30,
    public=model.Picture,
    authored=model.PictureQuestion,
    score=by_key(score),
    short=True,
    may_stand_in_exam=True,
    has_options=True,
    authors_fields=frozenset({"picture"}),
    filled_in=frozenset({"svg"}),
    read_fields=frozenset({"alt"}),
    rearrange=model.rearrange,
    standin=words.standin,
    told_back=told_back,
    offers=offers.of_options,
    files=model.files,
    stem_for_judges=words.stem_for_judges,
    shown_to_judges=shown_to_judges,
    key_to_judges=key_to_judges,
)
