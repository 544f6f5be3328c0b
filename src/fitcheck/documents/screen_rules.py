"""Rules that a screen file must keep beyond its model, together with the files it names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fitcheck.decision.content.rubric import SIDES, STAGES
from fitcheck.documents.cost_rules import prior_problems
from fitcheck.documents.reading.tree import Document, Path
from fitcheck.documents.rubrics import options_of
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem


class Parts(NamedTuple):
    """
    The parts of a screen.

    Attributes:
        rubrics: by id; None where the file couldn't be read.
        cost: None if missing or unreadable.
        has_cost: whether the screen names a cost model at all.
    """

    rubrics: Mapping[str, Document | None]
    cost: Document | None
    has_cost: bool

    def sides(self, rubric: str) -> bool | None:
        """Say whether a rubric is two-way; None if unknown."""
        document = self.rubrics.get(rubric)
        return "sides" in document.mapping() if document else None


def screen_problems(document: Document, parts: Parts) -> Iterator[Problem]:
    """Yield the problems of the screen file itself: parts that do not fit together."""
    stages = document.mapping("stages")
    default = document.at("default_stage")
    if default in STAGES and stages and default not in stages:  # another word is a fault by itself
        ruled = ", ".join(stage for stage in STAGES if stage in stages)
        hint = f"one of: {ruled}" if ruled else None
        yield document.problem(
            "stage-without-rules", f"no rules for stage {quoted(default)}", ("default_stage",), hint=hint
        )
    for stage, rules in document.parts("stages"):
        yield from _weights(document, parts, ("stages", stage, "weights"), rules.get("weights"))
        yield from _floors(document, parts, ("stages", stage))
        yield from _trust_without_weight(document, parts, ("stages", stage))
    yield from _floor_reasons(document, parts)
    if "money_gate" in document.mapping() and not parts.has_cost:
        hint = "add cost: and its name"
        yield document.problem(
            "gate-without-cost", "money_gate needs a cost model", ("money_gate",), key=True, hint=hint
        )
    known: dict[str, tuple[str, ...]] = {}
    for rubric in parts.rubrics.values():
        known |= options_of(rubric) if rubric else {}
    complete = bool(parts.rubrics) and None not in parts.rubrics.values()
    yield from prior_problems(document, known, complete=complete, elsewhere=" in the rubrics of this screen")
    asked = [*known, *(options_of(parts.cost) if parts.cost else ())]
    yield from _core(document, asked, complete=complete and (parts.cost is not None or not parts.has_cost))


def part_problems(parts: Parts) -> Iterator[Problem]:
    """Yield the problems of the other files that only show in combination."""
    first: dict[str, str] = {}
    for rubric, document in parts.rubrics.items():
        yield from _repeated(first, rubric, document)
    if parts.cost:
        yield from _repeated(first, "the cost model", parts.cost)
        yield from _cycles(parts.cost, parts)


def _repeated(first: dict[str, str], name: str, document: Document | None) -> Iterator[Problem]:
    for question in document.mapping("questions") if document else ():
        if question in first and document:
            message = f"{quoted(question)} is also a question of {first[question]}"
            hint = "ids must be unique across the files of a screen"
            yield document.problem("duplicate-question", message, ("questions", question), key=True, hint=hint)
        first.setdefault(question, name)


def _cycles(cost: Document, parts: Parts) -> Iterator[Problem]:
    rubric = cost.at("cycles", "rubric")
    if not isinstance(rubric, str):
        return
    path: Path = ("cycles", "rubric")
    if rubric not in parts.rubrics and None not in parts.rubrics.values():
        hint = nearest(rubric, list(parts.rubrics))
        message = f"unknown rubric {quoted(rubric)}"
        yield cost.problem("unknown-rubric", message, path, hint=hint)
    elif parts.sides(rubric) is False:
        yield cost.problem("not-two-way", f"{quoted(rubric)} is not a two-way rubric, so it cannot choose a band", path)


def _weights(document: Document, parts: Parts, path: Path, weights: Any) -> Iterator[Problem]:
    if not isinstance(weights, dict) or not parts.rubrics:
        return
    yield from _unknown_rubrics(document, parts, path)
    missing = [rubric for rubric, read in parts.rubrics.items() if read and rubric not in weights]
    if missing:
        message = f"no weight for {', '.join(missing)}"
        yield document.problem("weight-missing", message, path, key=True, hint="write 0 if a rubric does not count")
    elif all(weight == 0 for weight in weights.values()):
        yield document.problem("all-zero", "every weight is 0", path, key=True, hint="at least one rubric must count")


def _floors(document: Document, parts: Parts, stage: Path) -> Iterator[Problem]:
    path = (*stage, "floors")
    yield from _unknown_rubrics(document, parts, path)
    for rubric, floor in document.mapping(*path).items():
        at = (*path, rubric)
        if isinstance(floor, dict) and parts.sides(rubric) is False:
            message = f"{quoted(rubric)} has no sides, so its floor is one number"
            yield document.problem("side-in-one-way", message, at, key=True)
        if floor == {}:
            yield document.problem("empty-value", f"{quoted(rubric)} is empty", at, hint=f"{' or '.join(SIDES)}")
        if document.at(*stage, "weights", rubric) == 0:
            message = f"{quoted(rubric)} has a floor here, but no weight"
            yield document.problem("floor-without-weight", message, at, key=True)
        if rubric not in document.mapping("floor_because") and rubric in parts.rubrics:
            message = f"the floor of {quoted(rubric)} needs a floor_because"
            hint = f"floor_because: {{{rubric}: why nothing else makes up for it}}"
            yield document.problem("floor-without-because", message, at, key=True, hint=hint)


def _trust_without_weight(document: Document, parts: Parts, stage: Path) -> Iterator[Problem]:
    """Without points the rubric that chooses the band of cycles would always choose the most trusting one."""
    rubric = parts.cost.at("cycles", "rubric") if parts.cost else None
    weights = document.mapping(*stage, "weights")
    said_already = not any(weights.values()) or rubric in document.mapping(*stage, "floors")
    if isinstance(rubric, str) and weights.get(rubric) == 0 and not said_already:
        message = f"{quoted(rubric)} chooses the number of cycles, but has no weight here"
        yield document.problem("cycles-without-weight", message, (*stage, "weights", rubric), key=True)


def _core(document: Document, known: Sequence[str], *, complete: bool) -> Iterator[Problem]:
    """Core questions must be of the screen, without repeats; `complete` says that `known` holds all of them."""
    core = document.at("core")
    names = core if isinstance(core, list) else []
    for position, question in enumerate(names):
        if not isinstance(question, str):
            continue
        path: Path = ("core", position)
        if question in names[:position]:
            yield document.problem("duplicate-question", f"{quoted(question)} is in the core twice", path)
        elif complete and question not in known:
            message = f"unknown question {quoted(question)}"
            yield document.problem("unknown-question", message, path, hint=nearest(question, known))


def _floor_reasons(document: Document, parts: Parts) -> Iterator[Problem]:
    yield from _unknown_rubrics(document, parts, ("floor_because",))
    floored = {rubric for stage in document.mapping("stages") for rubric in document.mapping("stages", stage, "floors")}
    for rubric in document.mapping("floor_because"):
        if rubric in parts.rubrics and rubric not in floored:
            message = f"{quoted(rubric)} has a floor_because, but no floor at any stage"
            yield document.problem("because-without-floor", message, ("floor_because", rubric), key=True)


def _unknown_rubrics(document: Document, parts: Parts, path: Path) -> Iterator[Problem]:
    named = document.mapping(*path)
    if any(read is None and rubric not in named for rubric, read in parts.rubrics.items()):
        return  # an unreadable file may have any id
    for rubric in named:
        if parts.rubrics and rubric not in parts.rubrics:
            message = f"unknown rubric {quoted(rubric)}"
            hint = nearest(rubric, list(parts.rubrics))
            yield document.problem("unknown-rubric", message, (*path, rubric), key=True, hint=hint)
