"""Assessment → the report that fits on one screen: the verdict, why, what it costs, and what to do next."""

import shlex
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet, Step
from fitcheck.decision.score.results import CostToClose, Gate, ReasonGroup
from fitcheck.decision.verdict.principal import sentences
from fitcheck.report import cost_words, words
from fitcheck.report.document import (
    Bar,
    Block,
    Blocks,
    Hint,
    Item,
    Items,
    Section,
    Span,
    Text,
    Title,
    items,
    joined,
    para,
    section,
    text,
)
from fitcheck.report.figures import about, day_text, whole_effect, whole_points
from fitcheck.report.layout import cells
from fitcheck.report.text import first_that_fits

COLUMN = 7
"""Columns for the labels, which stand below each other."""

LINE = 70
"""Columns of text beside a label on a terminal of 80."""

MOST = 22
"""Lines that a report on one prospect has at most, on a terminal of 80 columns."""

LISTED = 69
"""Columns of text in a list of prospects."""

LEAST = 20
"""Columns that a reason has in the list, however long the name is."""

HALF_POINT = Fraction(1, 2)
"""Less than this is nothing in whole points."""

GATES = 4
"""Deal-breakers that are told; one is enough."""


class Parts(NamedTuple):
    """How much is told: reasons on each side, answers that one reason joins, steps of a change, and quotes or not."""

    reasons: int
    members: int
    steps: int
    quotes: bool = True


LADDER = (Parts(3, 2, 3), Parts(3, 1, 2), Parts(2, 1, 2), Parts(2, 1, 1), Parts(1, 1, 1), Parts(1, 1, 1, quotes=False))
"""From most to least: the first that leaves the report short enough is taken."""

NAME = 120
"""Columns of a name that are shown; a longer one fills the screen."""


def short_report(assessment: Assessment, given: str = "") -> Blocks:
    """
    Build the short report.

    Args:
        assessment: exact, not rounded.
        given: options of the command line that lead to the same verdict, to be repeated in what to run next.
    """
    return first_that_fits((tuple(_blocks(assessment, parts, given)) for parts in LADDER), MOST)


def quiet_report(assessments: Sequence[Assessment], *, whole: bool = False) -> Blocks:
    """One line of a terminal for each prospect, or whole sentences."""
    return tuple(items(_line(assessment, whole=whole) for assessment in assessments))


def in_short(assessments: Sequence[Assessment]) -> Iterator[Block]:
    """One line for each of several prospects, in the order given."""
    yield from section("In short", quiet_report(assessments))


def title(assessment: Assessment) -> Title:
    """The verdict, on whom, and the score; how little is answered where that is what decides."""
    name = shortened(assessment.prospect.name, NAME)
    if assessment.too_little_known:
        return Title(verdict(assessment), name, f"ask first: {words.answered(assessment.known)}")
    return Title(verdict(assessment), name, f"{assessment.state} · {_score(assessment)}")


def verdict(assessment: Assessment) -> Span:
    """The verdict as the word that opens a report."""
    return Span(assessment.verdict.upper(), "good" if assessment.verdict == "pursue" else "bad")


def score_bar(assessment: Assessment) -> Bar:
    """The score between what unknown answers could make of it, and where pursue starts."""
    low, now, high = assessment.score_low, assessment.score, assessment.score_high
    label = f"score {_score(assessment)}; open answers leave it between {whole_points(low, high)[0]} and "
    return Bar(low, now, high, assessment.threshold, Fraction(100), label + whole_points(high, low)[0])


def _line(assessment: Assessment, *, whole: bool) -> Item:
    """A prospect in a line: what a pursue takes, or why it is a settled "not now"."""
    name, score = text(Span(shortened(assessment.prospect.name, NAME), "strong")), _score(assessment)
    if assessment.verdict == "pursue":
        hours = f"{about(assessment.cost.hours.p50)} h" if assessment.cost else ""
        return Item(verdict(assessment), joined([name, score, words.state(assessment), hours]))
    if not assessment.settled:
        known = "" if assessment.too_little_known else score
        return Item(verdict(assessment), joined([name, known, words.state(assessment)]))
    groups = (assessment.failed_gates, assessment.against, assessment.screen.least_known)
    reason = next(sentences(assessment, *groups), "")
    begin = joined([name, score.partition(",")[0]])
    room = max(LISTED - sum(cells(span.text) for span in begin) - len(" · "), LEAST)
    return Item(verdict(assessment), joined([begin, reason if whole else shortened(reason, room)]))


def _score(assessment: Assessment) -> str:
    score, threshold = whole_points(assessment.score, assessment.threshold)
    return f"{score} of 100, needs {threshold}"


def _blocks(assessment: Assessment, parts: Parts, given: str) -> Iterator[Block]:
    yield title(assessment)
    yield para(Span(basis(assessment), "faint"))
    yield score_bar(assessment)
    told = [] if assessment.settled else [para(Span(words.standing(assessment), "open"))]
    notes = (*assessment.warnings, *_cost_notes(assessment))
    yield from section("", [*told, *(para(Span(note, "open")) for note in notes)])
    failed = assessment.failed_gates
    more = f"{len(failed) - GATES} more: --full" if len(failed) > GATES else ""
    yield from section("Deal-breakers", items(deal_breaker(gate, quotes=parts.quotes) for gate in failed[:GATES]), more)
    yield from section("", reasons(assessment, parts))
    if assessment.ask_next:
        asked = assessment.ask_next[: words.ASKED]
        entries = (Item(Span(str(n), "open"), text(asking.ask)) for n, asking in enumerate(asked, 1))
        yield from section("Ask next", items(entries))
    yield from section("", facts(outlook(assessment, parts)))
    yield Section(
        (
            Hint("--full for everything · --explain for the arithmetic"),
            *facts([("Next", text(next_step(assessment, given)))]),
        )
    )


def _cost_notes(assessment: Assessment) -> Iterator[str]:
    """What could not be reckoned; a value that is missing is told where it says from which value it pays off."""
    cost, deal = assessment.cost, assessment.prospect.deal
    has_value = deal.value is not None or deal.margin is not None
    return (note for note in (cost.notes if cost else ()) if has_value or "margin" not in note)


def basis(assessment: Assessment) -> str:
    """What the verdict rests on, in a line."""
    answered = sum(1 for reason in assessment.reasons if reason.question)
    answered += sum(len(assessment.not_applicable(dim.id)) for dim in assessment.dimensions)
    asked = answered + len(assessment.most_open)
    known = f"{answered} of {asked} answered"
    as_of = f"as of {day_text(assessment.as_of)}" if assessment.as_of else ""
    product = f"our product: {assessment.stage}"
    return " · ".join(filter(None, (f"{assessment.screen.id} screen", product, known, as_of)))


def deal_breaker(gate: Gate, *, quotes: bool = True) -> Item:
    """A deal-breaker that fails, and what was said."""
    quote = (para(Span(shortened(words.in_quotes(gate.evidence), LINE), "faint")),) if gate.evidence and quotes else ()
    return Item(Span("✗", "bad"), text(words.gate_text(gate)), quote)


def reasons(assessment: Assessment, parts: Parts) -> Iterator[Block]:
    """What speaks against it, and what for it."""
    sides = (("Against", words.against(assessment)), ("For", assessment.speaks_for))
    for label, groups in sides:
        told = [_group(group, parts.members) for group in fitting(groups, parts.reasons)]
        yield from facts([(label, joined(told))])


def fitting(groups: Sequence[ReasonGroup], most: int) -> list[ReasonGroup]:
    """The first groups of reasons, those that are nothing in whole points left out unless all are."""
    telling = [group for group in groups if abs(Fraction(group.effect)) >= HALF_POINT]
    return telling[:most] or list(groups[:1])


def _group(group: ReasonGroup, most: int) -> Text:
    """The first members of a group, and what they count together."""
    shown = group.members[:most]
    effect = sum((Fraction(member.effect) for member in shown), Fraction(0))
    lead = Span(f"{whole_effect(effect)}  ", "bad" if effect < 0 else "good")
    return text(lead, "; ".join(dict.fromkeys(member.text for member in shown)))


def facts(found: Sequence[tuple[str, Text]]) -> Iterator[Items]:
    """Labels and what stands beside them."""
    yield from items((Item(Span(label, "strong"), told) for label, told in found if told), COLUMN)


def outlook(assessment: Assessment, parts: Parts) -> list[tuple[str, Text]]:
    """What closing costs, and what would turn the verdict where nothing is to be asked first."""
    told = []
    if assessment.cost:
        told.append(("Cost", _cost(assessment.cost, assessment)))
    if assessment.verdict == "pursue" and assessment.would_turn:
        told.append(("Watch", text(_turns(assessment.would_turn))))
    elif assessment.verdict == "not now" and not assessment.ask_next:
        told.append(("Change", text(_change(assessment, parts))))
    return told


def _cost(cost: CostToClose, assessment: Assessment) -> Text:
    """Hours, money and weeks, what they rest on, and what they are worth it for."""
    hours, money, currency = cost.hours, cost.money, cost.currency
    told = (
        f"{about(hours.p50)} h ({about(hours.p10)}–{about(hours.p90)}), "
        f"{currency} {about(money.p50)} ({about(money.p10)}–{about(money.p90)}), "
        f"about {words.counted(round(cost.weeks_p50) or 1, 'week')}"
    )
    rests_on = "assumptions" if cost.assumptions else "benchmarks" if cost.benchmarks else ""
    at_risk = any(gate.state == "at risk" for gate in assessment.gates)
    worth = [
        Span("at risk: it may cost more than it returns", "bad") if at_risk else Span(""),
        Span(cost_words.worth(cost)),
        Span("cost does not decide at this stage" if _is_learning(assessment) else ""),
    ]
    return joined([joined([told, Span(rests_on, "faint").text]), *((each,) for each in worth if each.text)])


def _is_learning(assessment: Assessment) -> bool:
    """Whether it would not pay on average, at a stage at which that is the price of learning."""
    cost, gate = assessment.cost, assessment.screen.money_gate
    brings = cost.expected_value if cost else None
    is_loss = brings is not None and brings < 0
    return is_loss and gate is not None and not any(each.id == "money" for each in assessment.gates)


def _turns(found: ChangeSet) -> str:
    """What would lose a pursue."""
    if told := words.slips(found):
        return told[0].lower() + told[1:].rstrip(".")
    steps = " and ".join(f"“{step.says}”" for step in found.steps)
    return f"it turns to not now if {steps}"


def _change(assessment: Assessment, parts: Parts) -> str:
    """What would make it a pursue, in a sentence without an end."""
    change, cheaper = assessment.would_change, assessment.worth_closing_if
    if cheaper:
        asked = {question.id: question.ask for question in assessment.screen.asked}
        terms = [f"{asked[step.question]} “{step.says}”" for step in cheaper.steps[: parts.steps]]
        if more := len(cheaper.steps) - len(terms):
            terms.append(words.counted(more, "more answer"))
        return f"{cost_words.worth_closing(cheaper)}: {' + '.join(terms)}"
    if change is None or not change.sets:
        return words.obstacles(assessment) or ""
    steps = change.sets[0].steps
    told = [_step(step) for step in steps[: parts.steps]]
    if more := len(steps) - len(told):
        told.append(words.counted(more, "more step"))
    return " + ".join(told)


def _step(step: Step) -> str:
    weeks = f" ({words.counted(step.weeks, 'week')})" if step.weeks else ""
    return f"{words.ACTORS[step.by]}: “{step.says}”{weeks}"


def next_step(assessment: Assessment, given: str = "") -> str:
    """
    What to do now.

    Args:
        assessment: of the prospect.
        given: see `short_report`.
    """
    again = words.look_again(assessment)
    if assessment.verdict == "pursue":
        if assessment.ask_next:
            close_call = assessment.state == "leaning"
            return "a close call: ask these before you take it on" if close_call else "take it on, and ask these first"
        helped = words.advice(assessment)
        return f"{words.ACTORS[helped[0].by]}: {helped[0].text}" if helped else "take it on"
    if assessment.ask_next:
        return " · ".join(filter(None, ("ask these, then run it again", again)))
    file = _file(assessment)
    tell = f"fitcheck letter {shlex.quote(file) if file else 'FILE'}{given}"
    return " · ".join(filter(None, (tell, again)))


def _file(assessment: Assessment) -> str:
    """The prospect's file, as far as an answer tells it."""
    found = next((reason.where.file for reason in assessment.reasons if reason.where), "")
    return "" if found.startswith("<") else found


def shortened(told: str, columns: int) -> str:
    """
    Cut a text at a word, so that it fits into so many columns.

    >>> shortened("“We need it to stop by June”", 20)
    '“We need it to …”'
    """
    if cells(told) <= columns:
        return told
    end = " …”" if told.endswith("”") else " …"
    kept = told
    while " " in kept and cells(kept) + cells(end) > columns:
        kept = kept.rpartition(" ")[0]
    while kept and cells(kept) + cells(end) > columns:  # a word, or a script without blanks, that is longer than that
        kept = kept[:-1]
    return kept.rstrip(",;:. ”") + end
