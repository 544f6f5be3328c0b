"""Proof of content as text: cases and coverage, remarks, and verdicts that move."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from fitcheck.decision.assessment import Assessment
from fitcheck.problems import Problem, printable
from fitcheck.proof.cases import Outcome
from fitcheck.proof.coverage import Coverage, Kind
from fitcheck.proof.moves import Move
from fitcheck.report import words
from fitcheck.report.content.move_figures import printed_move
from fitcheck.report.document import Span, Tone
from fitcheck.report.layout import Line, TextOptions, cells, flow, heading
from fitcheck.report.printed import READ, printed

LINES_SHOWN = 4
"""Lines shown of those that moved a verdict."""

_KINDS: Mapping[Kind, str] = {
    "option": "options chosen",
    "question": "questions left unknown",
    "gate": "deal-breakers failing and passing",
    "floor": "floors failing and passing",
    "money gate": "cost limits failing and passing",
    "verdict": "verdicts by stage",
}


def proof_lines(outcomes: Sequence[Outcome], covered: Coverage | None, options: TextOptions) -> Iterator[Line]:
    """
    Results of the cases, and what none of them covers.

    Args:
        outcomes: those of one file one after the other.
        covered: None to leave coverage out.
        options: layout.
    """
    yield from _files(outcomes, options)
    yield from _failures(outcomes, options)
    yield from _guesses(outcomes, options)
    if covered:
        yield from _coverage(covered, options)
    yield ()
    yield from _sum(outcomes, covered, options)


def _files(outcomes: Sequence[Outcome], options: TextOptions) -> Iterator[Line]:
    files = [(name, list(group)) for name, group in groupby(outcomes, key=lambda outcome: outcome.case.file)]
    column = max((cells(name) for name, _ in files), default=0)
    for name, group in files:
        good = sum(outcome.as_expected for outcome in group)
        lead = [Span(f"{name}{' ' * (column - cells(name) + 2)}", "strong")]
        told = Span(f"{good} of {len(group)} as expected", "plain" if good == len(group) else "bad")
        stories = sum(bool(outcome.case.story) for outcome in group)
        note = f" · {stories} {'story' if stories == 1 else 'stories'}" if stories else ""
        yield from flow([told, Span(note, "faint")], options.width, lead=lead, indent=2)


def _failures(outcomes: Sequence[Outcome], options: TextOptions) -> Iterator[Line]:
    failed = [outcome for outcome in outcomes if not outcome.as_expected]
    if failed:
        yield from heading("Not as expected", "", options)
    for outcome in failed:
        case, found = outcome.case, outcome.assessment
        place = f" · {case.where}" if case.where else ""
        told = [Span(case.id, "strong"), Span(f" · screen {case.screen.id} at {case.stage}{place}", "faint")]
        yield from flow(told, options.width, lead=[Span("  ")], indent=4)
        for mismatch in outcome.mismatches:
            standing = f" ({_score(found)})" if mismatch.aspect == "verdict" else ""
            text = f"expected {mismatch.expected}, found {mismatch.found}{standing}"
            lead = [Span("    "), Span(f"{mismatch.aspect}: ", "bad")]
            yield from flow([Span(text)], options.width, lead=lead, indent=6)


def _guesses(outcomes: Sequence[Outcome], options: TextOptions) -> Iterator[Line]:
    guessed: dict[str, list[tuple[str, str]]] = {}
    for outcome in outcomes:
        for question, why in outcome.case.guesses.items():
            guessed.setdefault(question, []).append((outcome.case.id, why))
    if guessed:
        yield from heading("Guessed", "answers that the notes do not give: a flaw in the question", options)
    for question, told in sorted(guessed.items(), key=lambda pair: -len(pair[1])):
        yield from flow([Span(question, "strong"), Span(f" {len(told)}×")], options.width, lead=[Span("  ")], indent=4)
        for case, why in told:
            yield from flow([Span(why), Span(f" · {case}", "faint")], options.width, lead=[Span("    ")], indent=6)


def _coverage(covered: Coverage, options: TextOptions) -> Iterator[Line]:
    yield from heading("Coverage", "covered by some case, of what is required", options)
    for kind, shown, demanded in covered.counts():
        tone: Tone = "plain" if shown == demanded else "bad"
        yield from flow([Span(_KINDS[kind])], options.width, lead=[Span(f"  {shown:>4} of {demanded:<4}  ", tone)])
    if covered.gaps:
        yield from heading("Not covered", "", options)
    for of, gaps in groupby(covered.gaps, key=lambda gap: gap.of):
        yield from flow([Span(of, "strong")], options.width, lead=[Span("  ")], indent=4)
        for gap in gaps:
            yield from flow([Span(gap.text)], options.width, lead=[Span("    ")], indent=6)


def _sum(outcomes: Sequence[Outcome], covered: Coverage | None, options: TextOptions) -> Iterator[Line]:
    failed = sum(not outcome.as_expected for outcome in outcomes)
    gaps = len(covered.gaps) if covered else 0
    good = not failed and not gaps
    told = [
        f"{len(outcomes)} case{'s' if len(outcomes) != 1 else ''}, "
        + (f"{failed} not as expected" if failed else "all as expected")
    ]
    if covered:
        told.append(f"{gaps} of {len(covered.demands)} parts not covered" if gaps else "everything is covered")
    lead = [Span("PASSED" if good else "FAILED", "good" if good else "bad"), Span("  ")]
    yield from flow([Span(" · ".join(told))], options.width, lead=lead, indent=2)


def sound_lines(name: str, title: str, remarks: Sequence[Problem], options: TextOptions) -> Iterator[Line]:
    """
    A valid file and its remarks.

    Args:
        name: as the user gave it.
        title: kind, id and version.
        remarks: in the order in which they are shown.
        options: layout.
    """
    count = f", with {len(remarks)} remark{'s' if len(remarks) > 1 else ''}" if remarks else ""
    lead = [Span(printable(f"{name}: "))]
    yield from flow([Span(f"{title} is sound{count}")], options.width, lead=lead, indent=2)
    for remark in remarks:
        lead = [Span(f"  remark[{remark.code}]: ", "open")]
        yield from flow([Span(printable(remark.message))], options.width, lead=lead, indent=4)
        place = [Span("    "), *([Span(printable(f"{remark.where}: "), "faint")] if remark.where else [])]
        yield from flow([Span(printable(remark.hint or ""), "faint")], options.width, lead=place, indent=4)


def move_lines(moves: Sequence[Move], compared: int, names: tuple[str, str], options: TextOptions) -> Iterator[Line]:
    """
    Verdicts that moved, and what moved them.

    Args:
        moves: from `proof.moves`.
        compared: how many prospects were assessed, each stage counted.
        names: of the old and the new file, with versions.
        options: layout.
    """
    yield from flow([Span(f"{names[0]} → {names[1]}", "strong")], options.width)
    for move in moves:
        yield ()
        yield from _move(move, options)
    yield ()
    told = f"{len(moves)} of {compared} verdicts change"
    yield from flow([Span(told, "bad" if moves else "good")], options.width)


def _move(exact: Move, options: TextOptions) -> Iterator[Line]:
    move = printed_move(exact, READ)
    before, after = move.before, move.after
    lead = [Span(f"{before.verdict} → {after.verdict}", "good" if after.verdict == "pursue" else "bad"), Span("  ")]
    stages = before.stage if before.stage == after.stage else f"{before.stage} → {after.stage}"
    told = [Span(before.prospect.name, "strong"), Span(f" · {before.prospect.id} · at {stages}", "faint")]
    yield from flow(told, options.width, lead=lead, indent=2)
    scores = f"score {words.points(before.score)} → {words.points(after.score)}"
    starts = {words.points(a.threshold): None for a in (before, after)}
    yield from flow([Span(f"{scores}, needs {' → '.join(starts)}")], options.width, lead=[Span("  ")])
    if not (before.settled and after.settled):
        text = f"{words.state(before)} → {words.state(after)}"
        yield from flow([Span(text, "open")], options.width, lead=[Span("  ")])
    for gate in move.gates:
        states = " → ".join(words.GATE_STATE[state] if state else "none" for state in (gate.before, gate.after))
        yield from flow([Span(f"deal-breaker {gate.id}: {states}")], options.width, lead=[Span("  ")], indent=4)
    for shift in move.shifts[:LINES_SHOWN]:
        lead = [Span(f"  {words.effect(shift.effect):>8}  ")]
        line = shift.question or "one-sided trust"
        answers = [a.prospect.answer(shift.question or "").option or "unknown" for a in (before, after)]
        said = f": {' → '.join(dict.fromkeys(answers))}" if shift.question else ""
        yield from flow([Span(f"{line}{said}"), Span(f" · {shift.dimension}", "faint")], options.width, lead=lead)
    if (more := len(move.shifts) - LINES_SHOWN) > 0:
        text = f"and {more} line{'s' if more > 1 else ''} that changed less"
        yield from flow([Span(text, "faint")], options.width, lead=[Span("  ")])


def _score(exact: Assessment) -> str:
    assessment = printed(exact, READ)
    return f"score {words.points(assessment.score)}, needs {words.points(assessment.threshold)}"
