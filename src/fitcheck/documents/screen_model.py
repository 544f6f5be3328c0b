"""The shape of a screen file."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from fitcheck.documents.cost_model import Priors
from fitcheck.documents.fields import (
    Amount,
    Count,
    KebabId,
    MaybePercent,
    MaybeText,
    NotEmpty,
    Percent,
    PercentOrSides,
    Positive,
    Share,
    StageWord,
    Text,
    Version,
)
from fitcheck.documents.rubric_model import MANY, SINGLE, Model, by_shape

MAX_RUBRICS = 50


class SideFloors(Model):
    """A floor for each side of a two-way rubric, where they differ."""

    theirs: MaybePercent = Field(None, description="The least their trust in us must reach, in percent.")
    ours: MaybePercent = Field(None, description="The least our trust in them must reach, in percent.")


class StageModel(Model):
    """What counts how much at one stage of our own."""

    threshold: Percent = Field(description="Pursue needs at least this score, 0 to 100.")
    weights: dict[KebabId, Amount] = Field(description="Relative weight of every rubric of the screen.")
    floors: dict[
        KebabId,
        Annotated[Annotated[PercentOrSides, Tag(SINGLE)] | Annotated[SideFloors, Tag(MANY)], Discriminator(by_shape)],
    ] = Field(default_factory=dict, description="The least a rubric must reach, in percent of its maximum.")


class MoneyGateModel(Model):
    """What closing may cost at most."""

    cost_per_margin: Positive = Field(description="Expected cost to close may be this many times the margin.")
    because: Text = Field(description="Why no other merit makes up for it.")


class ScreenModel(Model):
    """What a user runs: which rubrics, how they count, and which cost model."""

    screen: KebabId = Field(description="Id of the screen, and the name of its file.")
    version: Version = Field(description="One more whenever a verdict may move.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="What it is for, in one sentence.")
    rubrics: Annotated[list[Text], Field(min_length=1, max_length=MAX_RUBRICS)] = Field(
        description="Names of built-in rubrics, or paths relative to this file."
    )
    default_stage: StageWord = Field(description="The stage taken where nobody names one.")
    trust_lambda: Share = Field(
        1, validate_default=True, description="0: the mean of both sides counts; 1: the weaker side does."
    )
    least_known: Share = Field(description='Share of the weight that must be answered before "pursue" may be said.')
    look_again_weeks: Count = Field(description='After how many weeks a "not now" is looked at again.')
    cost: MaybeText = Field(None, description="Name of a built-in cost model, or a path relative to this file.")
    money_gate: Annotated[MoneyGateModel | None, NotEmpty()] = Field(None, description="Needs a cost model.")
    floor_because: dict[KebabId, Text] = Field(
        default_factory=dict, description="For every rubric with a floor: why no other merit makes up for it."
    )
    priors: Priors = Field(default_factory=dict, description="How likely each answer is while it is unknown.")
    stages: Annotated[dict[StageWord, StageModel], Field(min_length=1)] = Field(
        description="What counts how much, for each stage of our own that the screen is for."
    )
