"""Screen files: their model, and the screens that they make of the rubrics and the cost model they name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Annotated, NamedTuple

from pydantic import Field

from fitcheck.decision.content.cost_model import CostModel
from fitcheck.decision.content.rubric import SIDES, STAGES, USUAL_TERMS, Floor, MoneyGate, Rubric, Screen, StageRules
from fitcheck.decision.score.prospect_types import TYPES
from fitcheck.documents.costs import Priors, read_cost
from fitcheck.documents.reading.check import check, first, grouped
from fitcheck.documents.reading.fields import (
    Amount,
    Count,
    KebabId,
    Maybe,
    Model,
    Odds,
    OneOrMany,
    Percent,
    PercentOrSides,
    Positive,
    Share,
    SnakeId,
    StageWord,
    Text,
    Version,
)
from fitcheck.documents.reading.finding import Source, UnknownNameError, find
from fitcheck.documents.reading.loading import Loaded, id_problems, named
from fitcheck.documents.reading.source import parse
from fitcheck.documents.reading.tree import Document
from fitcheck.documents.rubrics import read_rubric
from fitcheck.documents.screen_rules import Parts, part_problems, screen_problems
from fitcheck.io_errors import check_path
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem

MAX_RUBRICS = 50


class SideFloors(Model):
    """A floor for each side of a two-way rubric."""

    theirs: Maybe[Percent] = Field(None, description="Minimum for their trust in us, in percent.")
    ours: Maybe[Percent] = Field(None, description="Minimum for our trust in them, in percent.")


class StageModel(Model):
    """Threshold, weights and floors at one stage of our product."""

    threshold: Percent = Field(description="Minimum score for pursue, 0 to 100.")
    weights: dict[KebabId, Amount] = Field(description="Relative weight of each rubric.")
    floors: dict[
        KebabId,
        OneOrMany[PercentOrSides, SideFloors],
    ] = Field(default_factory=dict, description="Minimum for a rubric, in percent of its maximum.")


class MoneyGateModel(Model):
    """The cost limit: pursuing such deals, won and lost, must not cost more than it brings."""

    win_rate: Maybe[Share] = Field(
        None,
        description="Share of such deals that you win, if the deal has no win_probability; 0.3 if left out.",
    )
    lost_share: Maybe[Share] = Field(
        None, description="Cost of a lost deal as a share of a won one's; 0.7 if left out."
    )
    months: Maybe[Positive] = Field(
        None, description="Most months that count of a deal paid every year; 18 if left out."
    )
    stages: Maybe[Annotated[list[StageWord], Field(min_length=1)]] = Field(
        None,
        description="Stages of our product where it applies, all if left out; elsewhere cost is only shown.",
    )
    because: Text = Field(description="Why nothing else makes up for it.")


class TypesModel(Model):
    """Odds of the three types of prospect before any answer."""

    hard: Odds = Field(description="More trouble than not.")
    ordinary: Odds = Field(description="Answers by the base rates.")
    good: Odds = Field(description="Good to work with.")


class ScreenModel(Model):
    """What you assess with: rubrics, their weights, and a cost model."""

    screen: KebabId = Field(description="Id of the screen; the same as its file name.")
    version: Version = Field(description="Raise it whenever a verdict may change.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="What it is for, in one sentence.")
    rubrics: Annotated[list[Text], Field(min_length=1, max_length=MAX_RUBRICS)] = Field(
        description="Names of built-in rubrics, or paths relative to this file."
    )
    default_stage: StageWord = Field(description="The stage if nobody names one.")
    trust_lambda: Share = Field(
        1, validate_default=True, description="0: the mean of both sides counts; 1: the weaker side."
    )
    least_known: Share = Field(description="Share of the weight that must be answered before it can say pursue.")
    look_again_weeks: Count = Field(description='Weeks until a "not now" deserves another look.')
    cost: Maybe[Text] = Field(None, description="Name of a built-in cost model, or a path relative to this file.")
    money_gate: Maybe[MoneyGateModel] = Field(None, description="Needs a cost model.")
    floor_because: dict[KebabId, Text] = Field(
        default_factory=dict, description="For every rubric with a floor: why nothing else makes up for it."
    )
    types: Maybe[TypesModel] = Field(
        None, description="Odds of the types of prospect before any answer; 1, 2 and 1 if left out."
    )
    core: list[SnakeId] = Field(
        default_factory=list,
        description="Questions that a first call answers, in order; an interview starts with them.",
    )
    priors: Priors = Field(
        default_factory=dict, description="Base rates: how often an ordinary prospect gives each answer."
    )
    stages: Annotated[dict[StageWord, StageModel], Field(min_length=1)] = Field(
        description="Threshold, weights and floors, for each stage of our product that the screen covers."
    )


def _hinted(document: Document, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Name the successor of a field of older screens."""
    path = ("money_gate", "cost_per_margin")
    where = document.problem("", "", path, key=True).where if path[1] in document.mapping(path[0]) else None
    hint = "use win_rate, e.g. 0.3: the share of such deals that you win; the cost limit follows from it"
    for problem in problems:
        yield replace(problem, hint=hint) if where and problem.where == where else problem


class _Found(NamedTuple):
    """The files that a screen names, as far as they could be read, and what was wrong with the names."""

    rubrics: Mapping[str, Loaded[Rubric]]
    cost: Loaded[CostModel] | None
    problems: tuple[Problem, ...]


NO_COST_MODELS: Mapping[str, str] = {}


def load_screen(name_or_path: str | Path, cost_models: Mapping[str, str] = NO_COST_MODELS) -> Screen:
    """
    Load a built-in screen by name, or your own by path, with its rubrics and cost model.

    Args:
        name_or_path: of the screen.
        cost_models: by the name of a built-in cost model: path of the file that takes its place, as in a `Company`.

    Raises:
        DocumentError: with all problems of all its files.
        UsageError: no built-in screen has this name, or it is neither a name nor a path.
    """
    check_path("name_or_path", name_or_path, hint="the name of a built-in screen, or the path of a file")
    source = named("screen", name_or_path)
    data = source.read()
    document = parse(data, source.file)
    model, problems = check(document, ScreenModel, what="a screen")
    problems = [*_hinted(document, problems)]
    found = _find(document, source, cost_models)
    parts = Parts(
        rubrics={name: rubric.document for name, rubric in found.rubrics.items()},
        cost=found.cost.document if found.cost else None,
        has_cost="cost" in document.mapping(),
    )
    problems += [*found.problems, *id_problems(document, "screen"), *first(screen_problems(document, parts))]
    every = [*grouped(problems), *_problems_of(found), *first(part_problems(parts))]
    if model is None or every:
        raise DocumentError(*every)
    rubrics = tuple(rubric.value for rubric in found.rubrics.values() if rubric.value)
    files = [data, *(rubric.data for rubric in found.rubrics.values()), *([found.cost.data] if found.cost else [])]
    return _screen(model, rubrics, found.cost.value if found.cost else None, files, built_in=source.built_in)


def _find(document: Document, source: Source, cost_models: Mapping[str, str]) -> _Found:
    problems = []
    rubrics: dict[str, Loaded[Rubric]] = {}
    names = document.at("rubrics")
    for position, name in enumerate(names[:MAX_RUBRICS] if isinstance(names, list) else ()):
        path = ("rubrics", position)
        if not isinstance(name, str) or not name.strip():
            continue
        if name in names[:position]:
            problems.append(document.problem("duplicate-rubric", f"the rubric {quoted(name)} is listed twice", path))
            continue
        try:
            loaded = read_rubric(find("rubric", name, beside=source))
        except UnknownNameError as error:
            problems.append(document.problem("unknown-rubric", error.message, path, hint=error.hint))
            rubrics.setdefault(error.meant or name, Loaded(None, None, b"", ()))
            continue
        rubric_id = loaded.document.at("rubric") if loaded.document else None
        key = rubric_id if isinstance(rubric_id, str) else PurePath(name).stem
        if key in rubrics:
            message = f"two files of this screen have the rubric id {quoted(key)}"
            problems.append(document.problem("duplicate-rubric", message, path))
        rubrics.setdefault(key, loaded)
    cost, name = None, document.at("cost")
    if isinstance(name, str) and name.strip():
        try:
            own = cost_models.get(name.removeprefix("cost:"))
            cost = read_cost(Source(Path(own), own) if own else find("cost", name, beside=source))
        except UnknownNameError as error:
            problems.append(document.problem("unknown-cost", error.message, ("cost",), hint=error.hint))
    return _Found(rubrics, cost, tuple(problems))


def _problems_of(found: _Found) -> Iterable[Problem]:
    for rubric in found.rubrics.values():
        yield from rubric.problems
    if found.cost:
        yield from found.cost.problems


def _screen(
    model: ScreenModel, rubrics: tuple[Rubric, ...], cost: CostModel | None, files: Iterable[bytes], *, built_in: bool
) -> Screen:
    gate = model.money_gate
    return Screen(
        id=model.screen,
        version=model.version,
        title=model.title,
        about=model.about,
        rubrics=rubrics,
        stages={stage: _rules(model, model.stages[stage], rubrics) for stage in STAGES if stage in model.stages},
        default_stage=model.default_stage,
        least_known=model.least_known,
        look_again_weeks=model.look_again_weeks,
        digest=_digest(files),
        trust_lambda=model.trust_lambda,
        cost=cost,
        money_gate=_money_gate(gate) if gate else None,
        priors=model.priors,
        types={each: getattr(model.types, each) for each in TYPES} if model.types else {},
        core=tuple(model.core),
        built_in=built_in,
    )


def _money_gate(gate: MoneyGateModel) -> MoneyGate:
    usual = USUAL_TERMS
    return MoneyGate(
        because=gate.because,
        win_rate=usual.win_rate if gate.win_rate is None else gate.win_rate,
        lost_share=usual.lost_share if gate.lost_share is None else gate.lost_share,
        months=gate.months or usual.months,
        stages=frozenset(gate.stages) if gate.stages else usual.stages,
    )


def _rules(model: ScreenModel, stage: StageModel, rubrics: Iterable[Rubric]) -> StageRules:
    floors = [
        floor
        for rubric in rubrics
        if rubric.id in stage.floors
        for floor in _floors(rubric, stage.floors[rubric.id], model.floor_because[rubric.id])
    ]
    weights = {rubric.id: stage.weights[rubric.id] for rubric in rubrics}
    return StageRules(weights=weights, threshold=stage.threshold, floors=tuple(floors))


def _floors(rubric: Rubric, percent: Fraction | SideFloors, because: str) -> Iterable[Floor]:
    """A single percentage applies to both sides of a two-way rubric."""
    if not rubric.is_two_way:
        if isinstance(percent, Fraction):
            yield Floor(rubric.id, None, percent, because)
        return
    for side in SIDES:
        of_side = percent if isinstance(percent, Fraction) else getattr(percent, side)
        if of_side is not None:
            yield Floor(rubric.id, side, of_side, because)


def _digest(files: Iterable[bytes]) -> str:
    """Hash screen, rubrics in order and cost model, each after its length, so that no two sets collide."""
    digest = sha256()
    for data in files:
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
