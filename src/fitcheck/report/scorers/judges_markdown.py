"""Several judges on one prospect → Markdown: headings, bold, lists; no tables."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.several.ballots import Ballot
from fitcheck.decision.several.judges import JudgesReport
from fitcheck.report import words
from fitcheck.report.markdown import escape
from fitcheck.report.scorers import judges_words
from fitcheck.report.scorers.judges_figures import printed_report


def merge_markdown(reports: Sequence[JudgesReport]) -> str:
    """The reports on several prospects, one after the other; ends with a line feed."""
    return "\n".join("".join(f"{line}\n" for line in _lines(report)) for report in reports)


def _lines(exact: JudgesReport) -> Iterator[str]:
    report = printed_report(exact)
    merged, name = report.merged, escape(report.names[0])
    yield f"## {merged.verdict.upper()}: {name} ({words.state(merged)})"
    yield ""
    yield f"**{escape(judges_words.votes(report))}**"
    if others := judges_words.other_names(report):
        yield ""
        yield escape(others)
    yield ""
    yield f"{judges_words.score(report).capitalize()}."
    yield ""
    yield escape(judges_words.standing(report))
    for sentence in merged.warnings:
        yield ""
        yield escape(sentence)
    yield from _opinions(report)
    yield from _gates(report)
    split = {ballot.question for ballot in report.split_gates}
    differences = [ballot for ballot in report.differences if ballot.question not in split]
    yield from _ballots("Where they differ most", judges_words.shown(differences))
    yield from _ballots("Cost answers that differ", report.cost_differences)
    if rows := list(judges_words.costs(report)):
        yield from _part("Cost to close")
        yield from (f"- {label}: {escape(text)}{f' ({mark})' if mark else ''}" for label, text, mark in rows)
    yield from _decisive(report)
    yield from _part("How it was merged")
    for sentence in judges_words.method(report):
        yield escape(sentence)
    yield ""
    as_of = f", as of {merged.as_of.isoformat()}" if merged.as_of else ""
    stage = f"our stage {merged.stage} ({words.STAGE_FROM[merged.stage_from]})"
    yield f"Screen {escape(merged.screen.id)} {merged.screen.version}, {stage}{as_of}."


def _part(title: str) -> tuple[str, ...]:
    return "", f"**{title}**", ""


def _opinions(report: JudgesReport) -> Iterator[str]:
    yield from _part("Each alone, and together")
    for opinion in report.opinions:
        between = ""
        if opinion.score_low != opinion.score_high:
            between = f", between {words.points(opinion.score_low)} and {words.points(opinion.score_high)}"
        apart = judges_words.apart(opinion)
        told = f"; {escape(apart)}" if apart else ""
        yield f"- {escape(opinion.judge)}: {opinion.verdict.upper()}, {words.points(opinion.score)}{between}{told}"
    yield f"- **together: {report.merged.verdict.upper()}, {words.points(report.merged.score)}**"


def _gates(report: JudgesReport) -> Iterator[str]:
    split = {ballot.question for ballot in report.split_gates}
    for title, state in words.GATE_TITLES:
        found = [gate for gate in report.merged.gates if gate.state == state and gate.id not in split]
        if found:
            yield from _part(title)
        for gate in found:
            why = f"; {escape(gate.why)}" if state == "fail" else ""
            yield f"- {escape(gate.title)}: {escape(gate.because)}{why}"
    yield from _ballots("Gates that the judges are split on", report.split_gates, gates=True)


def _ballots(title: str, ballots: Sequence[Ballot], *, gates: bool = False) -> Iterator[str]:
    if not ballots:
        return
    yield from _part(title)
    for ballot in ballots:
        points = "" if ballot.costs_hours else f"{judges_words.spread(ballot)} "
        yield f"- {points}{escape(ballot.ask)}"
        for vote, names in judges_words.by_answer(ballot):
            fails = " (fails)" if gates and vote.fails else ""
            yield f"  - {escape(', '.join(names))}{fails}: {escape(judges_words.said(vote))}"


def _decisive(report: JudgesReport) -> Iterator[str]:
    yield from _part("What decides")
    if not report.decisive:
        yield "No difference decides alone."
    for decisive in report.decisive:
        yield f"- {escape(decisive.ask)}"
        for ruling in decisive.rulings:
            mark = "" if ruling.settled else " (open)"
            told = f"if {judges_words.quoted(ruling.answer, ruling.says)} ({', '.join(ruling.judges)})"
            yield f"  - {ruling.verdict}{mark} {escape(told)}"
