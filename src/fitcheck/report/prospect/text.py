"""Assessment → lines of text for a person, verdict first and last."""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.reasons import ONE_SIDED, SHOWN
from fitcheck.decision.score.results import DimensionScore, Gate, OpenLine, Reason, ReasonGroup, SideScore
from fitcheck.problems import Place
from fitcheck.report import words
from fitcheck.report.layout import WIDE, Line, Span, TextOptions, Tone, cells, flow, heading, range_bar, share_bar
from fitcheck.report.printed import printed
from fitcheck.report.prospect.arithmetic import arithmetic_lines
from fitcheck.report.prospect.cost_text import cost_lines
from fitcheck.report.prospect.outlook_text import ask_next_lines, change_lines, firmness_lines


def report_lines(assessments: Sequence[Assessment], options: TextOptions) -> Iterator[Line]:
    """The reports on several prospects, a rule between them."""
    for number, assessment in enumerate(assessments):
        if number:
            yield from ((), (Span("─" * options.width, "faint"),), ())
        yield from assessment_lines(assessment, options)
    if len(assessments) > 1:
        yield from _in_short(assessments, options)


def _in_short(assessments: Sequence[Assessment], options: TextOptions) -> Iterator[Line]:
    """One line for each of several prospects."""
    yield from ((), (Span("─" * options.width, "faint"),))
    yield from heading("In short", "in the order given", options)
    for assessment in map(printed, assessments):
        hours = f"{assessment.cost.hours.p50:.0f} h" if assessment.cost else ""
        score = f"{words.points(assessment.score)}, needs {words.points(assessment.threshold)}"
        told = [assessment.prospect.name, score, hours, words.state(assessment)]
        verdict = _verdict(assessment)
        lead = [Span("  "), verdict, Span(" " * (9 - len(verdict.text)))]
        yield from flow([Span(" · ".join(part for part in told if part))], options.width, lead=lead)


def assessment_lines(exact: Assessment, options: TextOptions) -> Iterator[Line]:
    """The whole report on one prospect."""
    assessment = printed(exact)
    yield from _head(assessment, options)
    yield from _gates(assessment, options)
    yield from _reasons("Against", "worse than pursue needs", assessment.against, assessment, options)
    yield from _reasons("For", "better than pursue needs", assessment.speaks_for, assessment, options)
    yield from _expected(assessment, options)
    yield from ask_next_lines(assessment, options) if assessment.ask_next else _still_open(assessment, options)
    yield from change_lines(assessment, options)
    yield from _dimensions(assessment, options)
    if assessment.cost:
        yield from cost_lines(assessment.cost, assessment.prospect.deal, options)
    yield from firmness_lines(assessment, options)
    yield from _advice(assessment, options)
    if options.explain:
        yield from arithmetic_lines(assessment, exact, options)
    yield ()
    yield from _foot(assessment, options)


def _verdict(assessment: Assessment) -> Span:
    return Span(assessment.verdict.upper(), "good" if assessment.verdict == "pursue" else "bad")


def _tone(assessment: Assessment) -> Tone:
    return "plain" if assessment.settled else "open"


def _head(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    screen, width = assessment.screen, options.width
    name = [Span(assessment.prospect.name, "strong"), Span(f" · {words.state(assessment)}", _tone(assessment))]
    yield from flow(name, width, lead=[_verdict(assessment), Span("  ")], indent=2)
    as_of = f" · as of {assessment.as_of.isoformat()}" if assessment.as_of else ""
    stage = f"our stage: {assessment.stage} ({words.STAGE_FROM[assessment.stage_from]})"
    yield from flow([Span(f"screen {screen.id} {screen.version} · {stage}{as_of}", "faint")], width)
    yield ()
    score = f"score {words.points(assessment.score)} of 100"
    if assessment.score_low != assessment.score_high:
        score += f", between {words.points(assessment.score_low)} and {words.points(assessment.score_high)}"
    needed = f"pursue starts at {words.points(assessment.threshold)} · {words.answered(assessment.known)}"
    yield from flow([Span(f"{score} · {needed}")], width, indent=2)
    if width >= WIDE:
        shares = (assessment.score_low, assessment.score, assessment.score_high, assessment.threshold)
        yield (Span(f"0 {range_bar(min(width, 100) - 6, *(float(value / 100) for value in shares))} 100"),)
    yield from flow([Span(words.standing(assessment), _tone(assessment))], width, indent=2)
    for sentence in assessment.warnings:
        yield from flow([Span(sentence, "open")], width, indent=2)


def _gates(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    for title, state in words.GATE_TITLES:
        found = [gate for gate in assessment.gates if gate.state == state]
        if state == "unknown" and assessment.settled and not options.explain:
            return  # they can't turn it any more
        if found:
            yield from heading(title, "", options)
        for gate in found:
            yield from _gate(gate, options)


def _gate(gate: Gate, options: TextOptions) -> Iterator[Line]:
    mark: tuple[str, Tone] = ("✗", "bad") if gate.state == "fail" else ("?", "open")
    # An answer that fails speaks for itself; a floor, the money or an open question needs its name.
    title = gate.title if gate.title.endswith("?") else f"{gate.title}:"
    told = gate.because if gate.where else f"{title} {gate.because}"
    yield from flow([Span(told, mark[1])], options.width, lead=[Span("  "), Span(*mark), Span(" ")])
    if gate.state == "fail":
        yield from flow([Span(gate.why)], options.width, lead=[Span("    ")])
    yield from _evidence(gate.evidence, None, gate.where, options, indent=4)


def _reasons(
    title: str, note: str, groups: tuple[ReasonGroup, ...], assessment: Assessment, options: TextOptions
) -> Iterator[Line]:
    if not groups:
        return
    shown = groups if options.explain else groups[:SHOWN]
    left_out = len(groups) - len(shown)
    yield from heading(title, f"{note} · {left_out} more: --explain" if left_out else note, options)
    quoted = {gate.id for gate in assessment.failed_gates}
    for group in shown:
        yield from _reason_group(group, quoted, options)


def _reason_group(group: ReasonGroup, quoted: Collection[str], options: TextOptions) -> Iterator[Line]:
    tone: Tone = "bad" if group.effect < 0 else "good"
    lead = [Span(words.column(group.effect), tone), Span("  ")]
    yield from flow([Span(words.group_text(group))], options.width, lead=lead, indent=10)
    for member in group.members:
        if member.question not in quoted:  # else it stands with the gate already
            yield from _evidence(member.evidence, member, member.where, options, indent=10)


def _evidence(
    evidence: str | None, reason: Reason | None, where: Place | None, options: TextOptions, *, indent: int
) -> Iterator[Line]:
    told = [reason.by] if reason and reason.by else []
    told += [reason.on.isoformat()] if reason and reason.on else []
    parts = [words.in_quotes(evidence)] if evidence else []
    parts += [", ".join(told)] if told else []
    parts += [f"{where.short}"] if where else []
    if parts:
        yield from flow([Span(" · ".join(parts), "faint")], options.width, lead=[Span(" " * indent)])


def _expected(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    """What the answers imply about all open questions together: with the reasons it adds up to the margin."""
    if assessment.still_open:
        lead = [Span(words.column(assessment.effect_of_open), "open"), Span("  ")]
        yield ()
        yield from flow([Span(words.EXPECTED, "open")], options.width, lead=lead, indent=10)


def _still_open(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    asked = assessment.most_open
    if not asked:
        return
    shown = asked if options.explain else asked[:SHOWN]
    left_out = len(asked) - len(shown)
    more = f" · {left_out} more: --explain" if left_out else ""
    yield from heading("Not known", f"what an answer could still do{more}", options)
    for line in shown:
        yield from _open_line(line, options)


def _open_line(line: OpenLine, options: TextOptions) -> Iterator[Line]:
    could = f"{words.effect(line.low)} to {words.effect(line.high)}"
    lead = [Span("  "), Span(f"{could:<18}", "open"), Span("  ")]
    yield from flow([Span(line.text)], options.width, lead=lead, indent=22 if options.width >= WIDE else 4)


def _dimensions(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    yield from heading("Fit", "points of the most possible · ▒ still open · ┃ floor", options)
    titles = [
        title for dim in assessment.dimensions for title in (dim.title, *(f"  {side.title}" for side in dim.sides))
    ]
    column = min(max(cells(title) for title in titles), options.width // 2 - 10)
    for dim in assessment.dimensions:
        yield from _row(dim.title, dim, dim.most, column, options)
        for side in dim.sides:
            yield from _row(f"  {side.title}", side, dim.most, column, options)
        if dim.one_sided:
            lead = [Span(" " * 4)]
            told = f"one-sided trust: {words.effect(dim.one_sided)}"
            known = any(reason.code == ONE_SIDED and reason.dimension == dim.id for reason in assessment.reasons)
            yield from flow([Span(told if known else f"{told}, still open")], options.width, lead=lead)


def _row(
    title: str, part: DimensionScore | SideScore, most: Fraction, column: int, options: TextOptions
) -> Iterator[Line]:
    numbers = f"{words.points(part.score)} of {words.points(most)}"
    could_be = f"{words.points(part.low)} to {words.points(part.high)}" if part.low != part.high else ""
    tone: Tone = "bad" if part.floor is not None and part.high < part.floor else "plain"
    if options.width < WIDE:
        told = [numbers, could_be, f"floor {words.points(part.floor)}" if part.floor else ""]
        yield from flow([Span(f"{title}: {', '.join(text for text in told if text)}", tone)], options.width, indent=4)
        return
    shares = (float(value / (most or 1)) for value in (part.low, part.high, part.floor or Fraction(0)))
    bar = share_bar(min(24, options.width // 4 - 4), *shares)
    lead = [Span("  " + title + " " * (column - cells(title) + 2)), Span(f"{bar}  ", tone), Span(f"{numbers:>14}  ")]
    yield from flow([Span(could_be, "open")], options.width, lead=lead, indent=4)


def _advice(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    advised = words.advice(assessment)[:SHOWN]
    if not advised:
        return
    yield from heading("How to help", "where answers are low, and who acts", options)
    for advice in advised:
        lead = [Span(f"  {words.ACTORS[advice.by]:<4}  ", "strong")]
        yield from flow([Span(advice.text)], options.width, lead=lead)


def _foot(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    if not options.explain:
        yield from flow([Span("Every answer and the arithmetic: --explain", "faint")], options.width)
    told = [assessment.prospect.name, words.state(assessment), words.look_again(assessment)]
    spans = [Span(" · ".join(text for text in told if text))]
    yield from flow(spans, options.width, lead=[_verdict(assessment), Span("  ")], indent=2)
