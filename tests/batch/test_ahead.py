"""What is worked out ahead of rows with many unknown answers is what the row engine works out for each."""

import csv
import io
from collections.abc import Iterator

import pytest
from batch.tables import Case, cases, score
from hypothesis import given, settings, strategies as st

from fitcheck.batch import ahead, scoring
from fitcheck.batch.records import Record
from fitcheck.batch.run import Engine, Job
from fitcheck.decision import opened, rows
from fitcheck.documents.screens import load_screen
from fitcheck.report.batch_document import batch_document

ENGINES: tuple[Engine, Engine] = ("python", "auto")
"""One row after the other; the same, looking ahead."""


@given(cases(), st.sampled_from([1, 3, 500]), st.sampled_from(["reject", "unknown"]))
@settings(max_examples=300)
def test_rows_come_to_the_same_however_many_are_looked_at_ahead(case: Case, at_once: int, bad_answers: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "FEW", 1)  # every open row takes long
        patch.setattr(ahead, "WORTH", 1)
        patch.setattr(scoring, "AT_ONCE", at_once)
        one_by_one, together = (score(case.job(name, bad_answers=bad_answers), case.data) for name in ENGINES)
    assert together.scored == one_by_one.scored
    assert together.rejects == one_by_one.rejects
    assert batch_document(together.result) == batch_document(one_by_one.result)


def unknown_but(columns: int, count: int) -> bytes:
    """A table for the screen `pilot` of which only some questions have a column."""
    questions = load_screen("pilot").questions[:columns]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["id", *(question.id for question in questions)])
    writer.writerows(_some_rows([[option.id for option in question.options] for question in questions], count))
    return text.getvalue().encode()


def _some_rows(options: list[list[str]], count: int) -> Iterator[list[str]]:
    for row in range(count):
        yield [f"p{row}", *(ids[(row * (3 + k) + k) % min(2, len(ids))] for k, ids in enumerate(options))]


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("a row was worked out by itself")


def test_rows_with_many_unknown_answers_are_all_worked_out_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, data = load_screen("pilot"), unknown_but(12, 60)
    alone = score(Job(screen, "pilot", engine="python"), data)
    monkeypatch.setattr(rows, "work_out", refuse)
    with pytest.raises(AssertionError, match="by itself"):
        score(Job(screen, "pilot", engine="python"), data)
    monkeypatch.setattr(ahead, "WORTH", 1)
    together = score(Job(screen, "pilot"), data)
    assert together.result.engine == "python"
    assert together.scored == alone.scored


def test_long_rows_are_not_kept_together() -> None:
    short, long = Record(1, ["a"], ""), Record(2, ["a", "b" * 3_000_000], "")
    sizes = [len(some) for some in scoring._together([*[short] * 1000, *[long] * 5, short])]
    assert sizes == [500, 500, 2, 2, 2]


def test_without_numpy_rows_are_scored_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, data = load_screen("pilot"), unknown_but(12, 30)
    monkeypatch.setattr(ahead, "is_installed", lambda _: False)
    monkeypatch.setattr(ahead, "WORTH", 1)
    learned: list[object] = []
    monkeypatch.setattr(rows.RowScorer, "learn", lambda *what: learned.append(what))
    assert score(Job(screen, "pilot"), data).result.tally.scored == 30
    assert not learned
