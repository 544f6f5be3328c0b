"""Checked answers for people: what was taken, what the file says otherwise, and what was refused and why."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.notes.call_notes import Passage
from fitcheck.notes.check import Accepted, Checked, Refused
from fitcheck.problems import printable
from fitcheck.report import words
from fitcheck.report.document import Block, Blocks, Item, Span, Text, Title, items, para, section, text

COLUMN = 7
"""Columns for labels."""

LONGEST = 280
"""Characters of a passage that are shown; the place leads to the rest."""


def notes_report(
    checked: Checked, screen: Screen, name: str, *, into: str = "", newer: bool = False, next_step: str = ""
) -> Blocks:
    """
    Build the report on a reply.

    Args:
        checked: its answers.
        screen: asks the questions.
        name: of the prospect, or of the reply.
        into: the prospect file that takes the answers; "" if they are only checked.
        newer: whether answers that say something else than the file replace them.
        next_step: what to do next; "" for nothing.
    """
    return tuple(_blocks(checked, screen, name, into, newer=newer, next_step=next_step))


def _blocks(checked: Checked, screen: Screen, name: str, into: str, *, newer: bool, next_step: str) -> Iterator[Block]:
    asked = {question.id: question for question in screen.asked}
    new, same, other = (
        [each for each in checked.accepted if each.change == change] for change in ("new", "same", "different")
    )
    counts = [f"{len(checked.accepted)} found in the notes", f"{len(checked.refused)} refused"]
    yield Title(Span("NOTES", "strong"), name, ", ".join(counts))
    taken = "Saved, to be confirmed" if into else "Found in the notes"
    yield from section(taken, items(_accepted(each, asked) for each in new))
    in_file = "before" if newer and into else "in file"
    changed = 'Changed; the earlier answer is kept under "was"' if newer and into else "The file says something else"
    note = "" if newer and into else "nothing changed; --newer takes the notes"
    yield from section(changed, items(_accepted(each, asked, in_file) for each in other), note)
    yield from section("The file says so already", items(_accepted(each, asked) for each in same))
    yield from section("Refused", items(_refused(each) for each in checked.refused))
    if next_step:
        yield from section("", items([Item(Span("Next"), text(next_step))], COLUMN))


def _accepted(accepted: Accepted, asked: dict[str, Question | CostQuestion], in_file: str = "") -> Item:
    proposal, question = accepted.proposal, asked[accepted.proposal.question]
    who = ", ".join(filter(None, (proposal.by, "" if proposal.kind == "said" else proposal.kind)))
    quote = para(*_quote(accepted.passage, f", {who}" if who else ""))
    before = [para(Span(f"{in_file}: ", "faint"), _says(question, accepted.before or ""))] if in_file else []
    told = text(Span(question.id, "strong"), f": {_says(question, proposal.answer)}")
    return Item(Span("·"), told, (quote, *before))


def _refused(refused: Refused) -> Item:
    proposal = refused.proposal
    sub = [
        Item(Span("why", "faint"), text(refused.why, f"; {refused.hint}" if refused.hint else "")),
        Item(Span("quote", "faint"), text(words.in_quotes(_cut(proposal.quote)))),
    ]
    if refused.near:
        sub.append(Item(Span("nearest", "faint"), _quote(refused.near)))
    told = text(Span(proposal.question, "strong"), f": {proposal.answer}")
    return Item(Span("✗", "bad"), told, tuple(items(sub, COLUMN)))


def _quote(passage: Passage, who: str = "") -> Text:
    place = Span(f" {printable(passage.place.short)}{who}", "faint")
    return text(words.in_quotes(_cut(passage.text)), place)


def _says(question: Question | CostQuestion, answer: str) -> str:
    found: Sequence[str] = [option.says for option in question.options if option.id == answer]
    return found[0] if found else f"Not applicable: {question.not_applicable}"


def _cut(quote: str) -> str:
    return quote if len(quote) <= LONGEST else f"{quote[: LONGEST - 1]}…"
