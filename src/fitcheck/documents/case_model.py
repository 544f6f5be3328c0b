"""The shape of a file of worked cases."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from fitcheck.decision.rubric import STAGES, Stage
from fitcheck.documents.fields import (
    KebabId,
    MaybeText,
    NotEmpty,
    Reads,
    SnakeId,
    Text,
    Version,
    described,
    refusal,
    word,
)
from fitcheck.documents.prospect_model import DealModel, OptionWord
from fitcheck.documents.rubric_model import Model


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise refusal("wrong-type", f"must be true or false, and is {described(value)}")


def _band(value: object) -> tuple[Fraction, Fraction]:
    match value:
        case [int() | Decimal() as least, int() | Decimal() as most] if 0 <= least <= most and not (
            isinstance(least, bool) or isinstance(most, bool)
        ):
            return Fraction(least), Fraction(most)
    what = f"[{', '.join(map(described, value))}]" if isinstance(value, list) else described(value)
    raise refusal("bad-band", f"must be the least and the most, and is {what}", "write them as in [40, 90]")


_BAND = {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2, "maxItems": 2}

MaybeStage = Annotated[Stage | None, word(*STAGES)]
MaybeSnakeId = Annotated[SnakeId | None, NotEmpty()]
MaybeBool = Annotated[bool | None, Reads(_yes_or_no, {"type": "boolean"})]
Codes = Annotated[list[KebabId], Field(min_length=1)]


class ExpectModel(Model):
    """What must follow from the answers; what is left out may be anything."""

    verdict: Annotated[Literal["pursue", "not now"], word("pursue", "not now")] = Field(description="Of the two words.")
    settled: MaybeBool = Field(None, description="true: no answer to what is unknown would turn it; false: one would.")
    gates: Annotated[list[Text] | None, NotEmpty()] = Field(
        None, description="Exactly the gates that fail: a question, floor:rubric, floor:rubric:side, or money."
    )
    against: Annotated[Codes | None, NotEmpty()] = Field(
        None, description="Codes of the strongest reasons against, strongest first."
    )
    speaks_for: Annotated[Codes | None, NotEmpty()] = Field(
        None, alias="for", description="Codes of the strongest reasons for, strongest first."
    )
    hours: Annotated[tuple[Fraction, Fraction] | None, Reads(_band, _BAND)] = Field(
        None, description="Least and most that the mean hours to close may be."
    )


class CaseModel(Model):
    """One prospect whose verdict is known beforehand."""

    story: MaybeText = Field(None, description="Call notes, written before the answers, of a company that is made up.")
    lesson: MaybeText = Field(None, description="Why the verdict follows, in a sentence; needed with a story.")
    screen: MaybeText = Field(None, description="Name or path of a screen, if not the file's.")
    stage: MaybeStage = Field(None, description="Our own stage, if not the screen's default.")
    deal: Annotated[DealModel | None, NotEmpty()] = Field(None, description="What is at stake.")
    base: MaybeSnakeId = Field(None, description="Another case of this file whose answers are taken over first.")
    answers: dict[SnakeId, OptionWord] | None = Field(
        None, description="By question: the id of an option, unknown, or n/a; what is absent is unknown."
    )
    guesses: dict[SnakeId, Text] = Field(
        default_factory=dict,
        description="Answers that do not follow from the notes, and why: a defect of the question.",
    )
    expect: ExpectModel = Field(description="What must follow.")


class CaseFileModel(Model):
    """Worked cases."""

    cases: KebabId = Field(description="Id of the file, and its name.")
    version: Version = Field(description="One more whenever a case changes.")
    about: Text = Field(description="What the cases are about, in one sentence.")
    screen: MaybeText = Field(None, description="Name or path of the screen for every case that names none.")
    items: dict[SnakeId, CaseModel] = Field(description="The cases.")
