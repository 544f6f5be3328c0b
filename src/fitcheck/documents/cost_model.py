"""The shape of a cost model file."""

from typing import Annotated, Literal

from pydantic import Field

from fitcheck.documents.fields import (
    Amount,
    Count,
    Currency,
    KebabId,
    MaybeKebabId,
    MaybePercent,
    MaybeText,
    Money,
    NotEmpty,
    OptionId,
    Rate,
    Share,
    SnakeId,
    Text,
    Version,
    Weighting,
    WordId,
    Year,
    word,
)
from fitcheck.documents.rubric_model import Model

Triple = Annotated[list[Amount], Field(min_length=3, max_length=3)]
Priors = dict[SnakeId, dict[OptionId, Weighting]]


class SourceModel(Model):
    """A public source of figures."""

    title: Text = Field(description="The page or study, as a reader would find it.")
    year: Year = Field(description="When it was published.")
    grade: Annotated[Literal["A", "B", "C"], word("A", "B", "C")] = Field(
        description="A: the owner's own page; B: second-hand; C: rule of thumb."
    )


class MarginModel(Model):
    """Which part of a deal's value is ours."""

    share: Share = Field(description="0 to 1.")
    basis: Text = Field(description="A key of sources, or assumption, or own.")


class RateModel(Model):
    """What an hour costs."""

    per_hour: Rate = Field(description="Loaded money per hour, in the currency of this file.")
    basis: Text = Field(description="A key of sources, or assumption, or own.")


class BandModel(Model):
    """How many extra cycles to expect at this much trust."""

    below: MaybePercent = Field(None, description="Percent of the rubric's points; the last band has none.")
    extra: Amount = Field(description="Mean number of cycles beyond the first.")
    because: Text = Field(description="Half a sentence for the report, beginning in lower case.")


class CyclesModel(Model):
    """How often the sales loop is run."""

    rubric: MaybeKebabId = Field(None, description="The two-way rubric whose points choose the band.")
    most: Count = Field(8, description="We walk away after this many cycles.")
    shape: Annotated[Literal["geometric", "poisson"], word("geometric", "poisson")] = Field(
        "geometric", description="Geometric: one more cycle provokes the next. Poisson: they are planned."
    )
    basis: Text = Field(description="A key of sources, or assumption, or own.")
    bands: Annotated[list[BandModel], Field(min_length=1)] = Field(description="From little to much trust.")


class CostQuestionModel(Model):
    """A question whose answer costs hours; it never touches the score."""

    ask: Text = Field(description="What to ask aloud.")
    ask_customer: MaybeText = Field(None, description="The version to hand to the customer.")
    why: Text = Field(description="Why we ask.")
    not_applicable: MaybeText = Field(None, description="When it may be answered n/a; without this it may not.")
    options: dict[OptionId, Text] = Field(description="What can be the answer.")


class ActivityModel(Model):
    """Work that closing takes."""

    title: Text = Field(description="As shown in reports.")
    hours: Triple = Field(description="Least, most likely and most, of one occurrence.")
    role: WordId = Field(description="A key of rates.")
    per: Annotated[Literal["deal", "cycle"], word("deal", "cycle")] = Field(
        description="Once for the deal, or once in every cycle."
    )
    when: Annotated[dict[SnakeId, list[OptionId]] | None, NotEmpty()] = Field(
        None, description="The one question, and its answers, that make it necessary; without this it always is."
    )
    because: Text = Field(description="Half a sentence for the report, beginning in lower case.")
    basis: Text = Field(description="A key of sources, or assumption, or own.")
    expenses: Money = Field(0, validate_default=True, description="Money beside the hours, of one occurrence.")
    weeks: Annotated[Triple | None, NotEmpty()] = Field(None, description="Calendar weeks that one occurrence adds.")


class CostFileModel(Model):
    """Everything needed to estimate what closing takes."""

    cost: KebabId = Field(description="Id of the cost model, and the name of its file.")
    version: Version = Field(description="One more whenever an estimate may move.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="What it covers, in one sentence.")
    currency: Currency = Field(description="Of rates and expenses.")
    spread: Share = Field(
        description="How much dearer all work of one deal becomes together: coefficient of variation."
    )
    sources: dict[WordId, SourceModel] = Field(default_factory=dict, description="Public sources of figures.")
    lead_weeks: Annotated[Triple | None, NotEmpty()] = Field(None, description="Calendar weeks that pass in any case.")
    margin: Annotated[MarginModel | None, NotEmpty()] = Field(None, description="Taken where nobody names a margin.")
    rates: dict[WordId, RateModel] = Field(description="Money per hour by role.")
    cycles: CyclesModel = Field(description="How often the sales loop is run.")
    questions: dict[SnakeId, CostQuestionModel] = Field(default_factory=dict, description="What is asked.")
    activities: dict[SnakeId, ActivityModel] = Field(description="What closing takes.")
    priors: Priors = Field(default_factory=dict, description="How likely each answer is while it is unknown.")
