"""Assessment → Markdown that pastes into a wiki, an issue or a mail: headings, bold, lists; no tables."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.reasons import SHOWN
from fitcheck.decision.score.results import ReasonGroup
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import cost_words, words
from fitcheck.report.printed import printed

SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|~&$"} | {"@": "@\u2060"})
"""Escapes; behind @, as inside ://, an invisible joiner keeps a name or an address from becoming a link."""


def escape(text: str) -> str:
    r"""
    Make a user's text stand for itself.

    >>> print(escape("Acme [B2B] *new*"))
    Acme \[B2B\] \*new\*
    """
    return " ".join(text.split()).translate(SPECIAL).replace("://", ":\u2060//")


def markdown(assessments: Sequence[Assessment], *, explain: bool = False) -> str:
    """The reports on several prospects, one after the other; ends with a line feed."""
    reports = (_lines(assessment, None if explain else SHOWN) for assessment in assessments)
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in reports)


def _lines(exact: Assessment, most: int | None) -> Iterator[str]:
    """The report, with at most so many entries in a list; all of them if None."""
    assessment = printed(exact)
    name, verdict = escape(assessment.prospect.name), assessment.verdict.upper()
    screen = assessment.screen
    state = words.state(assessment)
    yield f"## {verdict}: {name} ({state})"
    yield ""
    yield _score_line(assessment)
    yield ""
    yield escape(words.standing(assessment))
    for warning in assessment.warnings:
        yield ""
        yield escape(warning)
    for title, of_gate in words.GATE_TITLES:
        found = [gate for gate in assessment.gates if gate.state == of_gate]
        if found:
            yield from _part(title)
        for gate in found:
            quote = f" ({escape(words.in_quotes(gate.evidence))})" if gate.evidence else ""
            where = f", {escape(gate.where.short)}" if gate.where else ""
            why = f"; {escape(gate.why)}" if of_gate == "fail" else ""
            yield f"- {escape(gate.title)}: {escape(gate.because)}{quote}{where}{why}"
    yield from _reasons("Against", assessment.against, most)
    yield from _reasons("For", assessment.speaks_for, most)
    if assessment.still_open:
        yield ""
        yield f"{words.effect(assessment.effect_of_open)} {words.EXPECTED}"
    yield from _ask_next(assessment, most) if assessment.ask_next else _still_open(assessment, most)
    yield from _changes(assessment)
    yield from _fit(assessment)
    yield from _cost(assessment, most)
    yield from _part("How firm it is")
    yield words.firmness(assessment)
    if sentence := words.beside(assessment):
        yield sentence
    if advised := words.advice(assessment)[:most]:
        yield from _part("How to help")
        for advice in advised:
            yield f"- {words.ACTORS[advice.by]}: {escape(advice.text)}"
    yield ""
    again = words.look_again(assessment)
    yield f"**{verdict}: {name}** ({state})" + (f", {again}" if again else "")
    yield ""
    as_of = f", as of {assessment.as_of.isoformat()}" if assessment.as_of else ""
    stage = f"our stage {assessment.stage} ({words.STAGE_FROM[assessment.stage_from]})"
    yield f"Screen {escape(screen.id)} {screen.version}, {stage}{as_of}."


def _part(title: str) -> tuple[str, ...]:
    return "", f"**{title}**", ""


def _score_line(assessment: Assessment) -> str:
    text = f"**Score {words.points(assessment.score)}** of 100"
    if assessment.score_low != assessment.score_high:
        text += f", between {words.points(assessment.score_low)} and {words.points(assessment.score_high)}"
    return f"{text}; pursue starts at {words.points(assessment.threshold)}; {words.answered(assessment.known)}."


def _reasons(title: str, groups: tuple[ReasonGroup, ...], most: int | None) -> Iterator[str]:
    if not groups:
        return
    yield from _part(title)
    for group in groups[:most]:
        text = escape(words.group_text(group))
        quotes = [escape(words.in_quotes(member.evidence)) for member in group.members if member.evidence]
        where = [f"{escape(m.where.short)}" for m in group.members if m.where]
        told = f" ({', '.join([*quotes, *where])})" if quotes or where else ""
        yield f"- {words.effect(group.effect)} {text}{told}"


def _still_open(assessment: Assessment, most: int | None) -> Iterator[str]:
    asked = assessment.most_open[:most]
    if asked:
        yield from _part("Not known")
        for line in asked:
            yield f"- {escape(line.text)} ({words.effect(line.low)} to {words.effect(line.high)})"


def _ask_next(assessment: Assessment, most: int | None) -> Iterator[str]:
    yield from _part("Ask next")
    for question in assessment.ask_next[:most]:
        told = words.asking(question)
        yield f"- {escape(question.ask)}" + (f" ({escape(told)})" if told else "")


def _changes(assessment: Assessment) -> Iterator[str]:
    change, cheaper = assessment.would_change, assessment.worth_closing_if
    if change and (cheaper or words.tells_changes(assessment)):
        yield from _part("What would change it")
        if told := words.obstacles(assessment):
            yield told
        for found in change.sets:
            steps = "; ".join(f"{words.ACTORS[step.by]}: “{escape(step.says)}”" for step in found.steps)
            yield f"- {words.change_head(found)}: {steps}"
            for question in found.then.ask[: words.ASKED] if found.then else ():
                yield f"  - ask: {escape(question.ask)}"
        if cheaper:
            terms = "; ".join(f"“{escape(step.says)}”" for step in cheaper.steps)
            yield f"- {cost_words.worth_closing(cheaper)}: {terms}"
    elif assessment.would_turn:
        yield from _part("What would turn it")
        if told := words.slips(assessment.would_turn):
            yield told
            return
        for step in assessment.would_turn.steps:
            yield f"- if “{escape(step.says)}”"


def _fit(assessment: Assessment) -> Iterator[str]:
    yield from _part("Fit")
    for dim in assessment.dimensions:
        yield f"- {escape(dim.title)}: {_share(dim.score, dim.low, dim.high, dim.most)}"
        for side in dim.sides:
            yield f"  - {escape(side.title)}: {_share(side.score, side.low, side.high, dim.most)}"
        if dim.one_sided:
            yield f"  - one-sided trust: {words.effect(dim.one_sided)}"


def _share(score: Fraction, low: Fraction, high: Fraction, most: Fraction) -> str:
    text = f"{words.points(score)} of {words.points(most)}"
    return text if low == high else f"{text}, between {words.points(low)} and {words.points(high)}"


def _cost(assessment: Assessment, most: int | None) -> Iterator[str]:
    cost = assessment.cost
    if cost is None:
        return
    yield from _part("Cost to close")
    for label, text, mark in cost_words.cost_rows(cost, assessment.prospect.deal):
        yield f"- {label}: {escape(text)}" + (f" ({mark})" if mark else "")
    for note in cost.notes:
        yield f"- {escape(note)}"
    yield from _part("Main cost drivers")
    for driver in cost.drivers[:most]:
        mark = cost_words.driver_rests_on(driver)
        yield f"- {decimal(driver.hours, 1)} h {escape(cost_words.driver_text(driver))}" + (
            f" ({mark})" if mark else ""
        )
