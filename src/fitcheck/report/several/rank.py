"""Ranking → the report: what to take on in the available hours, what not, and what would change that."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fitcheck.decision.cost.money import MONEY
from fitcheck.decision.score.results import CostToClose, Gate
from fitcheck.decision.several.rankings import Entry, Ranking
from fitcheck.report import cost_words, words
from fitcheck.report.document import (
    Block,
    Blocks,
    Detail,
    Details,
    Grid,
    Hint,
    Item,
    Items,
    Row,
    Section,
    Span,
    Text,
    Title,
    Tone,
    items,
    para,
    section,
    text,
)
from fitcheck.report.figures import about, money
from fitcheck.report.layout import cells
from fitcheck.report.prospect.short import next_step, shortened
from fitcheck.report.several import rank_words
from fitcheck.report.text import first_that_fits

MOST = 24
"""Lines of a short ranking on a terminal of 80 columns."""

PARTS = ((12, 12), (12, 8), (12, 5), (10, 3), (8, 2), (6, 2), (6, 1), (4, 1), (3, 1), (2, 1), (1, 1))
"""Prospects that are told of: to take on, and in every other list; the most that leave the report short enough."""

COLUMN = 9
"""Columns for what is said of a prospect in a word or two."""

LINE = 80 - COLUMN - 2
"""Columns of text beside it on a terminal of 80."""

WHOLE = 1000
"""Columns beside it where nothing is cut."""

NAME = 26
"""Columns of a name in a table."""

BETWEEN = 3
"""Columns between a name and what is said of it."""

QUOTED = 2
"""Reasons of each prospect that --explain quotes."""

TAKE_ON = Span("take on", "good")
NO_ROOM = Span("no room", "open")
NO_PRICE = Span("no price", "open")
AT_RISK = Span("at risk", "bad")
ASK_FIRST = Span("ask", "open")
NOT_NOW = Span("not now", "bad")


def ranking_report(ranking: Ranking, detail: Detail = "short", given: str = "", *, folded: bool = False) -> Blocks:
    """
    Build the report.

    Args:
        ranking: exact, not rounded.
        detail: how much to tell.
        given: options of the command line that lead to the same verdicts.
        folded: put everything below the short report, to be folded away.
    """
    if detail == "quiet":
        return tuple(items(_quiet(ranking), COLUMN))
    explain = detail == "explain"
    if folded:  # a page has room for whole sentences
        everything = Details("Everything", tuple(_sections(ranking, explain=explain)))
        return (*_short(ranking, given, *PARTS[0], line=WHOLE), everything)
    if detail == "short":
        return first_that_fits((tuple(_short(ranking, given, *parts)) for parts in PARTS), MOST)
    return (_title(ranking), *_sections(ranking, explain=explain), _foot(ranking, given))


def _title(ranking: Ranking) -> Title:
    aside = f"{ranking.currency} {about(ranking.value)} expected" if ranking.chosen else ""
    return Title(Span("TAKE ON", "good" if ranking.chosen else "bad"), rank_words.head(ranking), aside)


def _basis(ranking: Ranking) -> Block:
    first = ranking.assessments[0]
    rate = words.percent(ranking.win_rate)
    rests_on = f"{rate} win probability where none is given" if ranking.usual_chance else "most value per hour first"
    return para(Span(f"{ranking.screen.id} screen · our product: {first.stage} · {rests_on}", "faint"))


def _short(ranking: Ranking, given: str, most: int, most_others: int, line: int = LINE) -> Iterator[Block]:
    yield _title(ranking)
    yield _basis(ranking)
    lists = (
        (TAKE_ON, ranking.chosen, most),
        (NO_ROOM, ranking.no_room, most_others),
        (AT_RISK, ranking.no_gain, most_others),
    )
    rows = tuple(row for each in lists for row in _rows(*each, ranking))
    grid = [Grid(rows, right=frozenset({1, 2, 3}))] if rows else []
    yield from section("", [*grid, *items(_lines(NO_PRICE, [*_unpriced(ranking)], most_others, line), COLUMN)])
    yield from section("", items(_others(ranking, most_others, line), COLUMN))
    facts = (rank_words.idle(ranking), rank_words.fit(ranking), rank_words.more_hours(ranking, rounded=True))
    yield from section("", (para(fact) for fact in facts if fact))
    hint = Hint("--full for every prospect and figure · --explain for what they said")
    yield Section((hint, Items((_next(ranking, given),))))


def _rows(lead: Span, entries: Sequence[Entry], most: int, ranking: Ranking) -> Iterator[Row]:
    """Prospects of known worth in a table."""
    label = text(Span(f"{lead.text:<{COLUMN}}", lead.tone))
    for entry in entries[:most]:
        state = Span("" if entry.assessment.settled else f" · {entry.assessment.state}", "open")
        name = text(Span(shortened(entry.name, NAME), "strong"), state)
        figures = [f"{about(entry.hours.mean)} h"]
        figures += [
            "" if each is None else f"{ranking.currency} {about(each)}" for each in (entry.value, entry.per_hour)
        ]
        figures[-1] += "/h" if figures[-1] else ""
        yield Row(label, (name, *map(text, figures)))
    if len(entries) > most:
        yield Row(label, (_more(len(entries) - most), (), (), ()))


def _unpriced(ranking: Ranking) -> Iterator[tuple[str, str]]:
    """Pursued prospects of unknown worth, and from what price closing them would pay."""
    for entry in ranking.not_ranked:
        cost = entry.assessment.cost
        told = (cost_words.worth(cost) if cost and cost.worth_from else "") or entry.why or "its worth is not known"
        yield entry.name, f"{about(entry.hours.mean)} h, {told}"


def _others(ranking: Ranking, most: int, line: int) -> Iterator[Item]:
    """What to ask first, and why the rest is not for now, a line each."""
    asked = _asked(ranking)
    told = [entry for entry, _ in asked]
    declined = [entry for entry in ranking.not_now if entry not in told]
    yield from _lines(ASK_FIRST, [(entry.name, ask) for entry, ask in asked], most, line)
    yield from _lines(NOT_NOW, [(entry.name, _why(entry)) for entry in declined], most, line)


def _lines(lead: Span, told: Sequence[tuple[str, str]], most: int, line: int = LINE) -> Iterator[Item]:
    """A line of a terminal of 80 for each prospect."""
    for name, said in told[:most]:
        room = max(line - cells(name) - BETWEEN, NAME)
        brief = shortened(_fewer_clauses(said, room) if lead is NOT_NOW else said, room)
        yield Item(lead, text(Span(name, "strong"), f" · {brief}" if brief else ""))
    if len(told) > most:
        yield Item(lead, _more(len(told) - most))


def _asked(ranking: Ranking) -> list[tuple[Entry, str]]:
    """Who is to be asked what: where it could change the plan, then where too little is known for any verdict."""
    asked = [(each.entry, each.question.ask) for each in ranking.ask_first]
    known = [entry for entry, _ in asked]
    little = (each for each in ranking.not_now if each.assessment.too_little_known and each not in known)
    return [*asked, *((entry, _ask(entry)) for entry in little)]


def _ask(entry: Entry) -> str:
    """How little is known, and what to ask."""
    asked = entry.assessment.ask_next
    return ": ".join([words.answered(entry.assessment.known), *(each.ask for each in asked[:1])])


def _why(entry: Entry) -> str:
    """Why not now, and how firmly where that is open."""
    found = entry.assessment
    told = _gate(found.failed_gates[0], found.cost) if found.failed_gates else entry.reason or ""
    return told if found.settled else " · ".join(filter(None, (found.state, told)))


def _gate(gate: Gate, cost: CostToClose | None) -> str:
    """A deal-breaker in a few words: what costs too much in round figures, a threshold by its own name only."""
    if gate.id == "money" and gate.title == MONEY and cost and cost.limit is not None:
        return f"costs about {cost.currency} {about(cost.money.mean)}, worth up to {about(cost.limit)}"
    return words.gate_text(replace(gate, title=gate.title.rpartition(": ")[2]))


def _fewer_clauses(told: str, room: int) -> str:
    """Leave out the last clauses of what is too long, before its last words would go."""
    clauses = re.split("(?=[,;] )", told)
    while len(clauses) > 1 and cells("".join(clauses)) > room:
        clauses.pop()
    return "".join(clauses)


def _more(count: int) -> Text:
    return text(Span(f"and {count} more", "faint"))


def _quiet(ranking: Ranking) -> Iterator[Item]:
    """A line a prospect."""
    lists = ((TAKE_ON, ranking.chosen), (NO_ROOM, ranking.no_room), (AT_RISK, ranking.no_gain))
    for lead, entries in lists:
        values = ((each, f"{ranking.currency} {about(each.value or 0)}") for each in entries)
        yield from _lines(lead, [(each.name, f"{about(each.hours.mean)} h · {value}") for each, value in values], WHOLE)
    yield from _lines(NO_PRICE, [*_unpriced(ranking)], WHOLE)
    little = [each for each in ranking.not_now if each.assessment.too_little_known]
    yield from _lines(ASK_FIRST, [(each.name, _ask(each)) for each in little], WHOLE)
    yield from _lines(NOT_NOW, [(each.name, _why(each)) for each in ranking.not_now if each not in little], WHOLE)


def _sections(ranking: Ranking, *, explain: bool) -> Iterator[Block]:
    """Every list in full, and what the hours bring."""
    first = ranking.assessments[0]
    screen = f"{ranking.screen.id} screen, version {ranking.screen.version}"
    stage = f"our product: {first.stage} ({words.STAGE_FROM[first.stage_from]})"
    yield para(Span(f"{screen} · {stage}", "faint"))
    yield para(rank_words.method(ranking))
    lists: tuple[tuple[str, Tone, Sequence[Entry]], ...] = (
        ("Pursue in these hours", "good", ranking.chosen),
        ("Pursue, but no room", "plain", ranking.no_room),
        ("Pursue, but the price is not known", "open", ranking.not_ranked),
        ("Pursue, but it may cost more than it returns", "bad", ranking.no_gain),
    )
    for title, tone, entries in lists:
        told = (_entry(str(at), tone, each, ranking, explain) for at, each in enumerate(entries, 1))
        yield from section(title, items(told, align="right"), "best first" if entries is ranking.chosen else "")
    asked = (
        Item(
            Span(money(each.worth, ranking.currency), "open"),
            text(Span(each.entry.name, "strong"), f": {rank_words.answers_could(each)}"),
            (para(f"ask: {each.question.ask}", Span(f" · {each.question.question}", "faint")),),
        )
        for each in ranking.ask_first
    )
    yield from section("Worth asking first", items(asked, align="right"), "what answers would bring on average")
    yield from section("Not now", items(_declined(each, explain) for each in ranking.not_now))
    yield from section("What the hours bring", map(para, rank_words.bring(ranking)))


def _declined(entry: Entry, explain: bool) -> Item:
    found = entry.assessment
    lead = Span("?", "open") if found.too_little_known else Span("✗", "bad")
    state = "" if found.settled or found.too_little_known else found.state
    reason = entry.reason if found.too_little_known or not explain else None  # its quotes follow
    told = " · ".join(filter(None, (state, reason)))
    ask = [para(f"ask: {each.ask}") for each in found.ask_next[:1]]
    why = [para(Span(entry.why, "open"))] if entry.why and not found.settled else []
    sub = (*ask, *why, *_quotes(entry, explain))
    return Item(lead, text(Span(entry.name, "strong"), f": {told}" if told else ""), sub)


def _entry(lead: str, tone: Tone, entry: Entry, ranking: Ranking, explain: bool) -> Item:
    told = [para(rank_words.worth(entry, ranking)), *([para(Span(entry.why, "open"))] if entry.why else [])]
    return Item(Span(lead, tone), text(Span(entry.name, "strong")), (*told, *_quotes(entry, explain)))


def _quotes(entry: Entry, explain: bool) -> Iterator[Block]:
    """What decided it, with what was said."""
    if not explain:
        return
    found = entry.assessment
    groups = found.speaks_for if found.verdict == "pursue" else words.against(found)
    told = [(Span("✗", "bad"), words.gate_text(gate), gate.evidence) for gate in found.failed_gates]
    told += [(Span("-"), group.members[0].text, group.members[0].evidence) for group in groups[:QUOTED]]
    for lead, said, evidence in told:
        quote = (para(Span(words.in_quotes(evidence), "faint")),) if evidence else ()
        yield Items((Item(lead, text(said), quote),))


def _foot(ranking: Ranking, given: str) -> Block:
    """What to take on once more, and what to do: the last lines are the ones on the screen."""
    told = rank_words.names(ranking.chosen, len(ranking.chosen)) if ranking.chosen else "none of them"
    last = Item(_title(ranking).lead, text(Span(told, "strong")))
    return Section((Items((last, _next(ranking, given))),))


def _next(ranking: Ranking, given: str) -> Item:
    """What to do now, in a line."""
    return Item(Span("Next", "strong"), text(_next_step(ranking, given)))


def _next_step(ranking: Ranking, given: str) -> str:
    asked = [entry for entry, _ in _asked(ranking)]
    if ranking.chosen:
        first = ranking.chosen[0]
        if first in asked:
            return f"ask {first.name} first, then start with it"
        return f"start with {first.name}" + (f"; meanwhile ask {rank_words.names(asked, 2)}" if asked else "")
    if asked:
        return f"ask {rank_words.names(asked, 2)}, then rank again"
    if ranking.not_ranked:
        return f"find out the price for {rank_words.names(ranking.not_ranked)}, then rank again"
    if ranking.no_room:
        return f"find more hours for {ranking.no_room[0].name}"
    declined = ranking.not_now or ranking.no_gain
    return next_step(declined[0].assessment, given)
