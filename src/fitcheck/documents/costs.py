"""Cost model files: their model, and the cost models that they hold."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    MarginShare,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.documents.cost_rules import OWN_KINDS, cost_problems
from fitcheck.documents.reading.check import check, first
from fitcheck.documents.reading.fields import (
    Amount,
    Count,
    Currency,
    KebabId,
    Maybe,
    Model,
    Money,
    OptionId,
    Percent,
    PositiveMoney,
    Share,
    SnakeId,
    Text,
    Version,
    Weighting,
    WordId,
    Year,
    word,
)
from fitcheck.documents.reading.finding import Source
from fitcheck.documents.reading.loading import Loaded, load, only_value
from fitcheck.documents.reading.tree import Document
from fitcheck.problems import Problem

Triple = Annotated[list[Amount], Field(min_length=3, max_length=3)]
Priors = dict[SnakeId, dict[OptionId, Weighting]]


class SourceModel(Model):
    """A public source of figures."""

    title: Text = Field(description="Title of the page or study, so that a reader can find it.")
    year: Year = Field(description="When it was published.")
    grade: Annotated[Literal["A", "B", "C"], word("A", "B", "C")] = Field(
        description="A: first-hand; B: second-hand; C: rule of thumb."
    )


class MarginModel(Model):
    """Our share of a deal's value."""

    share: Share = Field(description="0 to 1.")
    basis: Text = Field(description="A key of sources, assumption, or own.")


class RateModel(Model):
    """What an hour costs."""

    per_hour: PositiveMoney = Field(description="Fully loaded cost per hour, in this file's currency.")
    basis: Text = Field(description="A key of sources, assumption, or own.")


class BandModel(Model):
    """How many extra rounds to expect at a level of trust."""

    below: Maybe[Percent] = Field(
        None, description="Upper bound in percent of the rubric's points; none in the last band."
    )
    extra: Amount = Field(description="Mean number of extra rounds.")
    because: Text = Field(description="A short reason for the report, in lower case without a full stop.")


class CyclesModel(Model):
    """How many rounds of talks a sale takes."""

    rubric: Maybe[KebabId] = Field(None, description="The two-way rubric whose score picks the band.")
    most: Count = Field(8, description="We walk away after this many rounds.")
    shape: Annotated[Literal["geometric", "poisson"], word("geometric", "poisson")] = Field(
        "geometric", description="geometric: each round provokes the next; poisson: rounds are planned."
    )
    basis: Text = Field(description="A key of sources, assumption, or own.")
    bands: Annotated[list[BandModel], Field(min_length=1)] = Field(description="From little to much trust.")


class CostQuestionModel(Model):
    """A question whose answer costs hours and never affects the score."""

    ask: Text = Field(description="The question to ask.")
    ask_customer: Maybe[Text] = Field(None, description="The version for the customer.")
    why: Text = Field(description="Why we ask, in one sentence.")
    rule: Maybe[Text] = Field(
        None, description="What counts, and which option wins if two apply; shown under the question."
    )
    not_applicable: Maybe[Text] = Field(None, description="When n/a is allowed; without this, never.")
    options: dict[OptionId, Text] = Field(description="The possible answers, cheapest first.")


class ActivityModel(Model):
    """A piece of work that closing takes."""

    title: Text = Field(description="As shown in reports.")
    hours: Triple = Field(description="Least, most likely and most hours, each time.")
    role: WordId = Field(description="A key of rates.")
    per: Annotated[Literal["deal", "cycle"], word("deal", "cycle")] = Field(
        description="Once per deal, or once per round (cycle)."
    )
    when: Maybe[dict[SnakeId, list[OptionId]]] = Field(
        None, description="The question and answers that make it necessary; without this, it always is."
    )
    because: Text = Field(description="A short reason for the report, in lower case without a full stop.")
    basis: Text = Field(description="A key of sources, assumption, or own.")
    expenses: Money = Field(0, validate_default=True, description="Expenses each time.")
    weeks: Maybe[Triple] = Field(None, description="Calendar weeks it adds each time.")


class CostFileModel(Model):
    """Everything needed to estimate the cost to close."""

    cost: KebabId = Field(description="Id of the cost model; the same as its file name.")
    version: Version = Field(description="Raise it whenever an estimate may change.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="What it covers, in one sentence.")
    currency: Currency = Field(description="Of rates and expenses.")
    spread: Share = Field(description="How far all work on a deal can be off together: coefficient of variation.")
    sources: dict[WordId, SourceModel] = Field(default_factory=dict, description="Public sources of figures.")
    lead_weeks: Maybe[Triple] = Field(None, description="Calendar weeks that every deal takes.")
    margin: Maybe[MarginModel] = Field(None, description="Default margin.")
    rates: dict[WordId, RateModel] = Field(description="Cost per hour, by role.")
    cycles: CyclesModel = Field(description="How many rounds of talks a sale takes.")
    questions: dict[SnakeId, CostQuestionModel] = Field(default_factory=dict, description="The questions.")
    activities: dict[SnakeId, ActivityModel] = Field(description="What closing takes.")
    priors: Priors = Field(
        default_factory=dict, description="Base rates: how often an ordinary prospect gives each answer."
    )
    letter: dict[SnakeId, Text] = Field(
        default_factory=dict,
        description="By question: what would take less work, in a few words that the customer may read in a letter.",
    )


def load_cost(name_or_path: str) -> CostModel:
    """
    Load a built-in cost model by name, or your own by path.

    Raises:
        DocumentError: with all problems of the file.
        UsageError: no built-in cost model has this name.
    """
    return only_value("cost", name_or_path, read_cost)


def read_cost(source: Source) -> Loaded[CostModel]:
    """Return a cost model file as far as it can be read."""
    return load(source, "cost", _checked)


def _checked(document: Document) -> tuple[CostModel | None, list[Problem]]:
    model, problems = check(document, CostFileModel, what="a cost model")
    problems += first(cost_problems(document))
    return (_cost_model(model, document) if model and not problems else None), problems


def _cost_model(model: CostFileModel, document: Document) -> CostModel:
    bases = {
        name: Basis("benchmark", source.title, source.year, source.grade) for name, source in model.sources.items()
    }
    bases.update({kind: Basis(kind) for kind in OWN_KINDS})
    return CostModel(
        id=model.cost,
        version=model.version,
        title=model.title,
        questions=tuple(
            _question(name, question, model.letter.get(name), document) for name, question in model.questions.items()
        ),
        activities=tuple(_activity(name, work, bases[work.basis]) for name, work in model.activities.items()),
        cycles=_cycles(model.cycles, bases[model.cycles.basis]),
        rates={role: Rate(rate.per_hour, bases[rate.basis]) for role, rate in model.rates.items()},
        currency=model.currency,
        spread=model.spread,
        margin=MarginShare(model.margin.share, bases[model.margin.basis]) if model.margin else None,
        lead_weeks=_three(model.lead_weeks),
        priors=model.priors,
    )


def _question(name: str, model: CostQuestionModel, lighter: str | None, document: Document) -> CostQuestion:
    return CostQuestion(
        id=name,
        ask=model.ask,
        why=model.why,
        options=tuple(CostOption(option, says) for option, says in model.options.items()),
        not_applicable=model.not_applicable,
        ask_customer=model.ask_customer,
        rule=model.rule or "",
        lighter=lighter,
        where=document.place("questions", name),
    )


def _activity(name: str, model: ActivityModel, basis: Basis) -> Activity:
    when = next((Trigger(question, frozenset(options)) for question, options in (model.when or {}).items()), None)
    return Activity(
        id=name,
        title=model.title,
        hours=ThreePoint(*model.hours),
        role=model.role,
        per=model.per,
        because=model.because,
        basis=basis,
        when=when,
        expenses=model.expenses,
        weeks=_three(model.weeks),
    )


def _cycles(model: CyclesModel, basis: Basis) -> Cycles:
    return Cycles(
        bands=tuple(Band(band.below, band.extra, band.because) for band in model.bands),
        basis=basis,
        rubric=model.rubric,
        most=model.most,
        shape=model.shape,
    )


def _three(amounts: Sequence[Fraction] | None) -> ThreePoint | None:
    return ThreePoint(*amounts) if amounts else None
