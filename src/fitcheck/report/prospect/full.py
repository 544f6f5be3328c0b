"""Assessment → the report with every section, verdict first and last."""

from collections.abc import Collection, Iterator
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet
from fitcheck.decision.score.reasons import ONE_SIDED, SHOWN
from fitcheck.decision.score.results import DimensionScore, Gate, Reason, ReasonGroup, SideScore
from fitcheck.decision.verdict.asking import NextQuestion
from fitcheck.problems import Place
from fitcheck.report import cost_words, words
from fitcheck.report.document import (
    Block,
    Blocks,
    Grid,
    Item,
    Row,
    Section,
    Share,
    Span,
    Tone,
    items,
    para,
    section,
    text,
)
from fitcheck.report.figures import day_text
from fitcheck.report.printed import READ, printed
from fitcheck.report.prospect.arithmetic import arithmetic
from fitcheck.report.prospect.cost import cost_sections
from fitcheck.report.prospect.short import next_step, score_bar, title, verdict


def full_report(exact: Assessment, given: str = "", *, explain: bool = False) -> Blocks:
    """
    Build the whole report.

    Args:
        exact: not rounded.
        given: options of the command line that lead to the same verdict, to be repeated in what to run next.
        explain: show every answer and the arithmetic too.
    """
    return (title(exact), *head(exact), *sections(exact, explain=explain), foot(exact, next_step(exact, given)))


def head(exact: Assessment) -> Iterator[Block]:
    """What the verdict rests on, the score, and how firmly it stands."""
    assessment, screen = printed(exact, READ), exact.screen
    as_of = f" · as of {day_text(exact.as_of)}" if exact.as_of else ""
    stage = f"our product: {exact.stage} ({words.STAGE_FROM[exact.stage_from]})"
    yield para(Span(f"{screen.id} screen, version {screen.version} · {stage}{as_of}", "faint"))
    score = f"score {words.points(assessment.score)} of 100"
    if assessment.score_low != assessment.score_high:
        score += f", between {words.points(assessment.score_low)} and {words.points(assessment.score_high)}"
    needed = f"pursue needs {words.points(assessment.threshold)} · {words.answered(assessment.known)}"
    tone: Tone = "plain" if assessment.settled else "open"
    told = [para(Span(words.standing(assessment), tone)), *(para(Span(each, "open")) for each in assessment.warnings)]
    yield Section((para(f"{score} · {needed}"), score_bar(exact), *told))


def sections(exact: Assessment, *, explain: bool = False, drawn: bool = False) -> Iterator[Block]:
    """
    Build every section between the head and what to do next.

    Args:
        exact: not rounded.
        explain: show every answer and the arithmetic too.
        drawn: on a page that shows the parts of the fit already, and has room for every reason.
    """
    assessment = printed(exact, READ)
    most = None if explain or drawn else SHOWN
    for name, state in words.GATE_TITLES:
        if state == "unknown" and assessment.settled and not explain:
            continue  # they can't turn it any more
        found = [gate for gate in assessment.gates if gate.state == state]
        yield from section(name, items(_gate(gate, assessment) for gate in found))
    yield from _reasons("Against", words.against(assessment), most)
    yield from _reasons("For", assessment.speaks_for, most)
    if assessment.still_open:
        expected = Item(Span(words.effect(assessment.effect_of_open), "open"), text(Span(words.EXPECTED, "open")))
        yield from section("", items([expected], 6, "right"))
    yield from _ask_next(assessment, most) if assessment.ask_next else _still_open(assessment, most)
    yield from _changes(assessment)
    if not drawn:
        yield fit_section(exact)
    if assessment.cost:
        yield from cost_sections(assessment.cost, assessment.prospect.deal)
    sure = (words.firmness(assessment), words.beside(assessment))
    yield from section("How sure we are", (para(told) for told in sure if told))
    helped = (Item(Span(words.ACTORS[each.by], "strong"), text(each.text)) for each in words.advice(assessment)[:SHOWN])
    yield from section("How to help", items(helped), "where answers are low, and who acts")
    if explain:
        yield from arithmetic(exact)


def _gate(gate: Gate, assessment: Assessment) -> Item:
    mark = Span("✗", "bad") if gate.state == "fail" else Span("?", "open")
    why = [para(gate.why)] if gate.state == "fail" else []
    effect = next((each.effect for each in assessment.reasons if each.question == gate.id), None)
    told = f" ({words.effect(effect)} points)" if gate.state == "fail" and effect else ""
    return Item(mark, text(Span(words.gate_text(gate), mark.tone), told), (*why, *_evidence(gate.evidence, gate.where)))


def _evidence(evidence: str | None, where: Place | None, reason: Reason | None = None) -> Iterator[Block]:
    told = [reason.by] if reason and reason.by else []
    told += [day_text(reason.on)] if reason and reason.on else []
    parts = [words.in_quotes(evidence)] if evidence else []
    parts += [", ".join(told)] if told else []
    parts += [where.short] if where else []
    if parts:
        yield para(Span(" · ".join(parts), "faint"))


def _reasons(name: str, groups: tuple[ReasonGroup, ...], most: int | None) -> Iterator[Block]:
    shown = groups[:most]
    yield from section(name, items(map(_reason, shown), 6, "right"), _more(len(groups) - len(shown)))


def _reason(group: ReasonGroup) -> Item:
    tone = Span(words.effect(group.effect), "bad" if group.effect < 0 else "good")
    sub = tuple(block for each in group.members for block in _evidence(each.evidence, each.where, each))
    return Item(tone, text(words.group_text(group)), sub)


def _more(count: int) -> str:
    return f"{count} more: --explain" if count else ""


def _ask_next(assessment: Assessment, most: int | None) -> Iterator[Block]:
    asked = assessment.ask_next
    shown = asked if most is None else asked[: words.ASKED]
    order = "the core first, then by weight" if assessment.too_little_known else "most telling first"
    note = " · ".join(filter(None, (order, _more(len(asked) - len(shown)))))
    yield from section("Ask next", items(_question(str(n), each) for n, each in enumerate(shown, 1)), note)


def _question(lead: str, asked: NextQuestion) -> Item:
    told = words.asking(asked)
    settles = (para(Span(told, "open")),) if told else ()
    return Item(Span(lead, "open"), text(asked.ask, Span(f" · {asked.question}", "faint")), settles)


def _still_open(assessment: Assessment, most: int | None) -> Iterator[Block]:
    asked = assessment.most_open
    shown = asked[:most]
    entries = (
        Item(Span(f"{words.effect(line.low)} to {words.effect(line.high)}", "open"), text(line.text)) for line in shown
    )
    note = " · ".join(filter(None, ("what an answer could still do", _more(len(asked) - len(shown)))))
    yield from section("Not known", items(entries), note)


def _changes(assessment: Assessment) -> Iterator[Block]:
    """What would turn the verdict, and who would have to act."""
    change, cheaper = assessment.would_change, assessment.worth_closing_if
    if change is not None and (cheaper or words.tells_changes(assessment)):
        told: list[Block] = []
        if sentence := words.obstacles(assessment):
            told.append(para(sentence))
        told_of: set[str] = set()
        for number, found in enumerate(change.sets, 1):
            told += items([_change_set(number, found, told_of)])
            told_of |= {step.question for step in found.steps} | {asked.question for asked in _asked_then(found)}
        if cheaper:
            terms = tuple(items(Item(Span("-"), _named(step.says, step.question)) for step in cheaper.steps))
            told += [para(cost_words.worth_closing(cheaper)), *terms]
        yield from section("What would change it", told, "least effort first" if change.sets else "")
    elif assessment.would_turn:
        steps = assessment.would_turn.steps
        safe = words.slips(assessment.would_turn)
        entries = items(Item(Span("if"), _named(step.says, step.question)) for step in steps)
        yield from section("What would turn it", [para(safe)] if safe else entries)


def _named(says: str, question: str) -> tuple[Span, ...]:
    return text(f"“{says}”", Span(f" · {question}", "faint"))


def _asked_then(found: ChangeSet) -> tuple[NextQuestion, ...]:
    return found.then.ask[: words.ASKED] if found.then else ()


def _change_set(number: int, found: ChangeSet, told_of: Collection[str]) -> Item:
    entries = [
        Item(
            Span(words.ACTORS[step.by], "strong"),
            _named(step.says, step.question),
            () if step.question in told_of else (para(step.advice),),
        )
        for step in found.steps
    ]
    entries += [
        Item(Span("ask", "open"), text(asked.ask, Span(f" · {asked.question}", "faint")))
        for asked in _asked_then(found)
        if asked.question not in told_of
    ]
    head = text(Span(words.change_head(found), "strong"))
    return Item(Span(str(number), "strong"), head, tuple(items(entries, column=4)))


def fit_section(exact: Assessment) -> Section:
    """The parts of the score."""
    rows = tuple(_dimensions(printed(exact, READ)))
    return Section((Grid(rows, right=frozenset({1})),), "Fit", "▒ still open · ┃ minimum")


def _dimensions(assessment: Assessment) -> Iterator[Row]:
    for dim in assessment.dimensions:
        yield _part(dim.title, dim, dim.most)
        for side in dim.sides:
            yield _part(f"  {side.title}", side, dim.most)
        if dim.one_sided:
            known = any(reason.code == ONE_SIDED and reason.dimension == dim.id for reason in assessment.reasons)
            told = text("" if known else Span("still open", "open"))
            yield Row(text("  one-sided trust"), ((), text(words.effect(dim.one_sided)), told))


def _part(name: str, part: DimensionScore | SideScore, most: Fraction) -> Row:
    numbers = f"{words.points(part.score)} of {words.points(most)}"
    could_be = f"{words.points(part.low)} to {words.points(part.high)}" if part.low != part.high else ""
    fails = part.floor is not None and part.high < part.floor
    low, high, floor = (value / (most or 1) for value in (part.low, part.high, part.floor or Fraction(0)))
    needed = f"needs {words.points(part.floor)}" if part.floor else ""
    share = Share(low, high, floor if part.floor else None, ", ".join(filter(None, (numbers, needed))))
    tone = Span(numbers, "bad" if fails else "plain")
    return Row(
        text(name),
        (share, text(tone), text(Span(", ".join(filter(None, (could_be, needed if fails else ""))), "open"))),
    )


def foot(exact: Assessment, todo: str) -> Block:
    """The verdict again, and what to do: the last lines are the ones on the screen."""
    last = Item(verdict(exact), text(Span(exact.prospect.name, "strong"), f" · {title(exact).aside}"))
    return Section((*items([last]), *items([Item(Span("Next", "strong"), text(todo))])))
