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

    per_hour: PositiveMoney = Field(description="Loaded money per hour, in the currency of this file.")
    basis: Text = Field(description="A key of sources, or assumption, or own.")


class BandModel(Model):
    """How many extra cycles to expect at this much trust."""

    below: Maybe[Percent] = Field(None, description="Percent of the rubric's points; the last band has none.")
    extra: Amount = Field(description="Mean number of cycles beyond the first.")
    because: Text = Field(description="Half a sentence for the report, beginning in lower case.")


class CyclesModel(Model):
    """How often the sales loop is run."""

    rubric: Maybe[KebabId] = Field(None, description="The two-way rubric whose points choose the band.")
    most: Count = Field(8, description="We walk away after this many cycles.")
    shape: Annotated[Literal["geometric", "poisson"], word("geometric", "poisson")] = Field(
        "geometric", description="Geometric: one more cycle provokes the next. Poisson: they are planned."
    )
    basis: Text = Field(description="A key of sources, or assumption, or own.")
    bands: Annotated[list[BandModel], Field(min_length=1)] = Field(description="From little to much trust.")


class CostQuestionModel(Model):
    """A question whose answer costs hours; it never touches the score."""

    ask: Text = Field(description="What to ask aloud.")
    ask_customer: Maybe[Text] = Field(None, description="The version to hand to the customer.")
    why: Text = Field(description="Why we ask, in one sentence.")
    rule: Maybe[Text] = Field(
        None, description="What counts as an answer, and which option wins where two hold; shown under the question."
    )
    not_applicable: Maybe[Text] = Field(None, description="When it may be answered n/a; without this it may not.")
    options: dict[OptionId, Text] = Field(description="What can be the answer, cheapest first.")


class ActivityModel(Model):
    """Work that closing takes."""

    title: Text = Field(description="As shown in reports.")
    hours: Triple = Field(description="Least, most likely and most, of one occurrence.")
    role: WordId = Field(description="A key of rates.")
    per: Annotated[Literal["deal", "cycle"], word("deal", "cycle")] = Field(
        description="Once for the deal, or once in every cycle."
    )
    when: Maybe[dict[SnakeId, list[OptionId]]] = Field(
        None, description="The one question, and its answers, that make it necessary; without this it always is."
    )
    because: Text = Field(description="Half a sentence for the report, beginning in lower case.")
    basis: Text = Field(description="A key of sources, or assumption, or own.")
    expenses: Money = Field(0, validate_default=True, description="Money beside the hours, of one occurrence.")
    weeks: Maybe[Triple] = Field(None, description="Calendar weeks that one occurrence adds.")


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
    lead_weeks: Maybe[Triple] = Field(None, description="Calendar weeks that pass in any case.")
    margin: Maybe[MarginModel] = Field(None, description="Taken where nobody names a margin.")
    rates: dict[WordId, RateModel] = Field(description="Money per hour by role.")
    cycles: CyclesModel = Field(description="How often the sales loop is run.")
    questions: dict[SnakeId, CostQuestionModel] = Field(default_factory=dict, description="What is asked.")
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
    Return a built-in cost model by its name, or one's own by its path.

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
