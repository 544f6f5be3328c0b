"""Accepted answers → the text of a prospect file, in which everything else stays as it is."""

from collections.abc import Iterator
from datetime import date

from fitcheck.documents.reading.editing import with_parts
from fitcheck.documents.reading.source import parse
from fitcheck.notes.check import Accepted, Checked

_OF_AN_ANSWER = ("answer", "evidence", "kind", "on", "by", "at")
"""Keys that belong to one answer, not to its question."""


def to_take(checked: Checked, *, newer: bool) -> Iterator[Accepted]:
    """Yield the answers that change a file; one that says something else than the file only if the notes are newer."""
    for each in checked.accepted:
        if each.change == "new" or (each.change == "different" and newer):
            yield each


def take(text: str, file: str, checked: Checked, *, on: date | None = None, newer: bool = False) -> str:
    """
    Put accepted answers into a prospect file, to be confirmed by a person.

    Args:
        text: of the file.
        file: its name for people.
        checked: against what the file says.
        on: the day of the call.
        newer: whether the notes replace other answers, which are kept under `was`.

    Raises:
        DocumentError: the file is written in a way that can't be changed here.
    """
    for each in to_take(checked, newer=newer):
        question, kind = each.proposal.question, each.proposal.kind
        written = parse(text.encode(), file).at("answers", question)
        before = written if isinstance(written, dict) else {"answer": written}
        parts: dict[str, object] = {
            "answer": each.proposal.answer,
            "evidence": each.passage.text,
            "kind": None if kind == "said" else kind,
            "on": on and on.isoformat(),
            "by": each.proposal.by or None,
            "at": each.passage.place.short,
            "review": True,
        }
        if each.change == "different":
            earlier = {key: before[key] for key in _OF_AN_ANSWER if before.get(key) is not None}
            parts["was"] = [earlier, *(before.get("was") or [])]
        text = with_parts(text, file, question, parts)
    return text
