"""Cost model files into cost models."""

from collections.abc import Sequence
from fractions import Fraction

from fitcheck.decision.costmodel import (
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
from fitcheck.documents.check import check, first
from fitcheck.documents.cost_model import ActivityModel, CostFileModel, CostQuestionModel, CyclesModel
from fitcheck.documents.costrules import OWN_KINDS, cost_problems
from fitcheck.documents.finding import Source
from fitcheck.documents.loading import Loaded, load, only_value
from fitcheck.documents.tree import Document
from fitcheck.problems import Problem


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
        questions=tuple(_question(name, question, document) for name, question in model.questions.items()),
        activities=tuple(_activity(name, work, bases[work.basis]) for name, work in model.activities.items()),
        cycles=_cycles(model.cycles, bases[model.cycles.basis]),
        rates={role: Rate(rate.per_hour, bases[rate.basis]) for role, rate in model.rates.items()},
        currency=model.currency,
        spread=model.spread,
        margin=MarginShare(model.margin.share, bases[model.margin.basis]) if model.margin else None,
        lead_weeks=_three(model.lead_weeks),
        priors=model.priors,
    )


def _question(name: str, model: CostQuestionModel, document: Document) -> CostQuestion:
    return CostQuestion(
        id=name,
        ask=model.ask,
        why=model.why,
        options=tuple(CostOption(option, says) for option, says in model.options.items()),
        not_applicable=model.not_applicable,
        ask_customer=model.ask_customer,
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
