"""Rules that a cost model file must keep beyond its pydantic model; works on the parts that can be read."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, get_args

from fitcheck.documents.reading.tree import Document, Path
from fitcheck.documents.rubrics import count_problems, options_of
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem

OwnKind = Literal["assumption", "own"]
OWN_KINDS: tuple[OwnKind, ...] = get_args(OwnKind)

THREE = 3


def cost_problems(document: Document) -> Iterator[Problem]:
    """Yield every problem with how the parts of a cost model fit together."""
    yield from _bases(document)
    yield from _questions(document)
    yield from _three_points(document)
    known = options_of(document)
    for activity, parts in document.parts("activities"):
        yield from _activity(document, ("activities", activity), parts, known)
    if document.at("activities") == {}:
        yield document.problem("empty-value", '"activities" is empty', ("activities",))
    yield from _cycles(document)
    yield from prior_problems(document, known, complete=True)
    for question in document.mapping("letter"):
        if question not in known:
            message = f"there is no cost question {quoted(question)} in this file"
            hint = nearest(question, list(known))
            yield document.problem("unknown-question", message, ("letter", question), key=True, hint=hint)


def prior_problems(
    document: Document, known: Mapping[str, Sequence[str]], *, complete: bool, elsewhere: str = ""
) -> Iterator[Problem]:
    """
    Yield every problem with the priors of a screen or a cost model.

    Args:
        document: the screen or cost model.
        known: option ids by question id.
        complete: whether `known` holds every question there is.
        elsewhere: added to the message about an unknown question.
    """
    for question, weights in document.parts("priors"):
        path: Path = ("priors", question)
        if question not in known:
            if complete:
                message = f"unknown question {quoted(question)}{elsewhere}"
                yield document.problem("unknown-question", message, path, key=True, hint=nearest(question, list(known)))
            continue
        options = known[question]
        for option in weights:
            if option not in options:
                message = f"{quoted(question)} has no option {quoted(option)}"
                hint = nearest(option, options)
                yield document.problem("unknown-option", message, (*path, option), key=True, hint=hint)
        missing = [option for option in options if option not in weights]
        if missing:
            message = f"the prior of {quoted(question)} lacks {', '.join(missing)}"
            yield document.problem("prior-incomplete", message, path, key=True, hint="write 0 if it never happens")
        elif weights and all(weight == 0 for weight in weights.values()):
            message = f"the prior of {quoted(question)} is 0 for every option"
            yield document.problem("all-zero", message, path, key=True)


def _bases(document: Document) -> Iterator[Problem]:
    sources = document.mapping("sources")
    for kind in OWN_KINDS:
        if kind in sources:
            yield document.problem(
                "reserved-word", f"a source cannot be called {quoted(kind)}", ("sources", kind), key=True
            )
    known = [*sources, *OWN_KINDS]
    paths: list[Path] = [("margin",), ("cycles",)]
    paths += [("rates", role) for role in document.mapping("rates")]
    paths += [("activities", activity) for activity in document.mapping("activities")]
    for path in paths:
        basis = document.at(*path, "basis")
        if isinstance(basis, str) and basis not in known:
            message = f"unknown source {quoted(basis)}"
            yield document.problem("unknown-basis", message, (*path, "basis"), hint=nearest(basis, known))


def _questions(document: Document) -> Iterator[Problem]:
    asked = {str(name) for _, parts in document.parts("activities") for name in _mapping(parts.get("when"))}
    for question in document.mapping("questions"):
        path = ("questions", question)
        yield from count_problems(document, (*path, "options"))
        if question not in asked:
            hint = "use it in the when of an activity, or delete it"
            message = f"no activity depends on {quoted(question)}"
            yield document.problem("unused-question", message, path, key=True, hint=hint)


def _three_points(document: Document) -> Iterator[Problem]:
    paths: list[Path] = [("lead_weeks",)]
    for activity in document.mapping("activities"):
        paths += [("activities", activity, "hours"), ("activities", activity, "weeks")]
    for path in paths:
        yield from rising_problem(document, path, document.at(*path))


def rising_problem(document: Document, path: Path, figures: object) -> Iterator[Problem]:
    """Yield the problem that least, most likely and most do not rise."""
    if isinstance(figures, list) and len(figures) == THREE and all(map(is_number, figures)):
        low, likely, high = figures
        if not low <= likely <= high:
            message = f"{quoted(path[-1])} must be in order: least, most likely, most"
            yield document.problem("not-ascending", message, path)


def _activity(
    document: Document, path: Path, parts: Mapping[str, Any], known: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    role, rates = parts.get("role"), document.mapping("rates")
    if isinstance(role, str) and rates and role not in rates:
        message = f"no rate for the role {quoted(role)}"
        yield document.problem("unknown-role", message, (*path, "role"), hint=nearest(role, list(rates)))
    when = parts.get("when")
    if isinstance(when, dict):
        if len(when) != 1:
            message = f"an activity can depend on one question only, not {len(when)}"
            yield document.problem("when-one-question", message, (*path, "when"), key=True)
        for question in when:
            yield from _trigger(document, (*path, "when", question), known)


def _trigger(document: Document, path: Path, known: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    question = str(path[-1])
    if question not in known:
        message = f"no cost question {quoted(question)} in this file"
        yield document.problem("unknown-question", message, path, key=True, hint=nearest(question, list(known)))
        return
    options = document.at(*path)
    if options == []:
        yield document.problem("empty-value", f"{quoted(question)} names no option", path)
    for position, option in enumerate(options if isinstance(options, list) else ()):
        if isinstance(option, str) and known[question] and option not in known[question]:
            message = f"{quoted(question)} has no option {quoted(option)}"
            hint = nearest(option, known[question])
            yield document.problem("unknown-option", message, (*path, position), hint=hint)


def _cycles(document: Document) -> Iterator[Problem]:
    bands = document.at("cycles", "bands")
    if not isinstance(bands, list) or not all(isinstance(band, dict) for band in bands):
        return
    if "rubric" not in document.mapping("cycles") and len(bands) > 1:
        hint = "name the rubric that chooses the band, or keep one band"
        message = f"without a rubric there can be only one band, not {len(bands)}"
        yield document.problem("bands-without-rubric", message, ("cycles", "bands"), key=True, hint=hint)
    for position, band in enumerate(bands):
        path: Path = ("cycles", "bands", position)
        is_last = position == len(bands) - 1
        if is_last and "below" in band:
            message = "the last band takes no below: it covers everything above the others"
            yield document.problem("last-band-open", message, (*path, "below"), key=True)
        if not is_last and "below" not in band:
            yield document.problem("below-missing", "every band but the last needs below", path)
    for position in range(1, len(bands)):
        path = ("cycles", "bands", position)
        below, above = bands[position - 1].get("below"), bands[position].get("below")
        if is_number(below) and is_number(above) and below >= above:
            yield document.problem("not-ascending", "below must increase from band to band", (*path, "below"))
        less, more = bands[position - 1].get("extra"), bands[position].get("extra")
        if is_number(less) and is_number(more) and more > less:
            message = "more trust cannot mean more extra cycles"
            yield document.problem("extra-rises", message, (*path, "extra"))


def is_number(value: object) -> bool:
    """Whether this is a number in a document."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
