"""Checked answers for people: what was taken, what the file says otherwise, and what was refused and why."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.notes.call_notes import Passage
from fitcheck.notes.check import Accepted, Checked, Refused
from fitcheck.problems import printable
from fitcheck.report import words
from fitcheck.report.document import Block, Blocks, Item, Span, Title, items, section, text

COLUMN = 9
"""Columns for the labels below an answer."""

LONGEST = 280
"""Characters of a passage that are shown; the place leads to the rest."""


def notes_report(
    checked: Checked, screen: Screen, name: str, *, into: str = "", newer: bool = False, next_command: str = ""
) -> Blocks:
    """
    Build the report on a reply.

    Args:
        checked: its answers.
        screen: asks the questions.
        name: of the prospect, or of the reply.
        into: the prospect file that takes the answers; "" if they are only checked.
        newer: whether answers that say something else than the file replace them.
        next_command: what to run next; "" for nothing.
    """
    return tuple(_blocks(checked, screen, name, into, newer=newer, next_command=next_command))


def _blocks(
    checked: Checked, screen: Screen, name: str, into: str, *, newer: bool, next_command: str
) -> Iterator[Block]:
    asked = {question.id: question for question in screen.asked}
    new, same, other = (
        [each for each in checked.accepted if each.change == change] for change in ("new", "same", "different")
    )
    counts = [f"{len(checked.accepted)} found in the notes", f"{len(checked.refused)} refused"]
    yield Title(Span("NOTES", "strong"), name, ", ".join(counts))
    taken = "Saved, to be confirmed" if into else "Found in the notes"
    yield from section(taken, items(_accepted(each, asked) for each in new))
    in_file = "before" if newer and into else "in file"
    changed = "Changed, the earlier answer kept under was" if newer and into else "The file says something else"
    note = "" if newer and into else "nothing changed; --newer takes the notes"
    yield from section(changed, items(_accepted(each, asked, in_file) for each in other), note)
    yield from section("The file says so already", items(_accepted(each, asked) for each in same))
    yield from section("Refused", items(_refused(each) for each in checked.refused))
    if next_command:
        yield from section("", items([Item(Span("Next"), text(next_command))], COLUMN - 2))


def _accepted(accepted: Accepted, asked: dict[str, Question | CostQuestion], in_file: str = "") -> Item:
    proposal, passage = accepted.proposal, accepted.passage
    question = asked[proposal.question]
    who = [proposal.by, "" if proposal.kind == "said" else proposal.kind]
    sub = [Item(Span("answer", "faint"), text(_says(question, proposal.answer)))]
    if in_file:
        sub.append(Item(Span(in_file, "faint"), text(_says(question, accepted.before or ""))))
    sub.append(_quote("quote", passage, ", ".join(filter(None, who))))
    return Item(Span("·"), text(Span(question.ask, "strong")), tuple(items(sub, COLUMN)))


def _refused(refused: Refused) -> Item:
    proposal = refused.proposal
    lead = f"{proposal.question}: {proposal.answer}"
    sub = [
        Item(Span("why", "faint"), text(refused.why, f"; {refused.hint}" if refused.hint else "")),
        Item(Span("quote", "faint"), text(f"“{_cut(proposal.quote)}”")),
    ]
    if refused.near:
        sub.append(_quote("nearest", refused.near))
    return Item(Span("✗", "bad"), text(Span(lead, "strong")), tuple(items(sub, COLUMN)))


def _quote(label: str, passage: Passage, who: str = "") -> Item:
    remark = f" {printable(passage.place.short)}{f', {who}' if who else ''}"
    return Item(Span(label, "faint"), text(words.in_quotes(_cut(passage.text)), Span(remark, "faint")))


def _says(question: Question | CostQuestion, answer: str) -> str:
    found: Sequence[str] = [option.says for option in question.options if option.id == answer]
    return found[0] if found else f"Not applicable: {question.not_applicable}"


def _cut(quote: str) -> str:
    return quote if len(quote) <= LONGEST else f"{quote[: LONGEST - 1]}…"
