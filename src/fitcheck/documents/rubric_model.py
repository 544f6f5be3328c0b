"""The shape of a rubric file."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from fitcheck.documents.fields import (
    ActorWord,
    AllStages,
    Count,
    KebabId,
    MaybeCount,
    MaybeKebabId,
    MaybeSide,
    MaybeText,
    NotEmpty,
    OptionId,
    PointsOrStages,
    Positive,
    Share,
    SideWord,
    SnakeId,
    StageWord,
    Text,
    Version,
)

SINGLE, MANY = "single", "many"


def by_shape(value: object) -> str:
    """Tell one value from a mapping or list of several, where either may be written."""
    return MANY if isinstance(value, (dict, list)) else SINGLE


class Model(BaseModel):
    """What all shapes have in common: nothing unknown, and built only when first used."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class PointsByStage(Model):
    """Points for each stage of our own, where they differ."""

    concept: Share
    prototype: Share
    pilot: Share
    growth: Share
    mature: Share


Points = Annotated[
    Annotated[PointsOrStages, Tag(SINGLE)] | Annotated[PointsByStage, Tag(MANY)], Discriminator(by_shape)
]
Gate = Annotated[Annotated[AllStages, Tag(SINGLE)] | Annotated[list[StageWord], Tag(MANY)], Discriminator(by_shape)]


class OptionModel(Model):
    """One anchored level that can be the answer."""

    says: Text = Field(description="The observable behaviour, as read by the person who answers.")
    points: Points = Field(
        description="Share of the question's points, 0 to 1; one number, or one for each of the five stages."
    )
    because: Text = Field(description="Half a sentence for the report, beginning in lower case.")
    gate: Annotated[Gate | None, NotEmpty()] = Field(
        None, description='Stages of our own at which this answer alone means "not now", or all.'
    )
    gate_because: MaybeText = Field(None, description="Why no other merit makes up for it; needed with a gate.")
    reason: MaybeKebabId = Field(None, description="Reason code that overrides the question's.")


class ChangeModel(Model):
    """How an answer can become better."""

    by: ActorWord = Field(description="Who would have to act.")
    advice: Text = Field(description="What they or we do so that the answer becomes better.")
    effort: Count = Field(1, description="Effort of one level, a small whole number.")
    weeks: MaybeCount = Field(None, description="How many weeks it takes.")


class QuestionModel(Model):
    """One question of a rubric."""

    ask: Text = Field(description="What to ask aloud.")
    ask_customer: MaybeText = Field(None, description="The version to hand to the customer.")
    why: Text = Field(description="Why we ask.")
    source: MaybeText = Field(None, description="Where it comes from, if not from the rubric's source.")
    weight: Positive = Field(description="Relative to the other questions of the rubric, or of its side.")
    side: MaybeSide = Field(None, description="Whose trust it is about; in two-way rubrics only, and always there.")
    reason: KebabId = Field(description="Reason code; reasons with one code are added up when shown.")
    not_applicable: MaybeText = Field(None, description="When it may be answered n/a; without this it may not.")
    ask_cost: Count = Field(1, description="Relative effort of asking.")
    options: dict[OptionId, OptionModel] = Field(description="What can be the answer, best first; 2 to 8.")
    change: ChangeModel = Field(description="How the answer can become better.")


class RubricModel(Model):
    """One dimension of fit."""

    rubric: KebabId = Field(description="Id of the rubric, and the name of its file.")
    version: Version = Field(description="One more whenever a verdict may move.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="What it judges, in one sentence.")
    source: Text = Field(description="Where it comes from.")
    sides: Annotated[dict[SideWord, Text] | None, NotEmpty()] = Field(
        None, description="Title of each side; in a two-way rubric only."
    )
    questions: dict[SnakeId, QuestionModel] = Field(description="What is asked.")
