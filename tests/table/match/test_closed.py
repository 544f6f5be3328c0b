"""A deal that is won or lost is told by any column that says so, and never among the best."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - seeded

import pytest
from conftest import Outcome

from fitcheck.documents.screens import load_screen
from fitcheck.mapping import ColumnMapping
from fitcheck.table.match.closed import ClosedDeals, is_closed
from fitcheck.table.match.columns import match

OPEN = (
    "", "Qualified", "CostSummary", "Won't answer", "Lost contact", "Signed", "Closing", "Not lost yet", "To be won",
    "Nearly won", "Cierre", "Closer look", "Proposal", "B. Sales Qualified Leads",
)  # fmt: skip
CLOSED = (
    "Closed Won", "Closed/Lost", "closed (won)", "closed-lost ", " WON", "Lost", "closedwon", "Verloren", "gagné",
    "Closed - no decision", "Closed Cancelled", "L. Project Lost", "G. Project Won", "6 - Lost", "Lost to a rival",
    "Cierre ganado", "Cerrado perdido", "Fermé gagné", "Fermée (perdue)", "Abgeschlossen und gewonnen",
    "Gesloten gewonnen", "Chiuso vinto", "Chiusa persa", "Fechado ganho", "Zamknięte wygrane", "Stängd förlorad",
    "受注", "失注", "Dead", "Won: signed in May",
)  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_another_stage_says_nothing(text: str) -> None:
    assert not is_closed(text)


@pytest.mark.parametrize("text", CLOSED)
def test_won_and_lost_say_so_in_every_language_and_spelling(text: str) -> None:
    assert is_closed(text)


def stage(header: list[str], cells: list[str], mapping: ColumnMapping | None = None) -> str | None:
    """What says that a deal is closed."""
    return ClosedDeals(match(header, [], mapping), mapping).stage(cells)


def test_a_mapping_may_name_more() -> None:
    mine = ColumnMapping("mine", 1, "Mine", "About it.", closed=("Signed",))
    told = [stage(["x", "Deal Stage"], ["Won", text], mine) for text in ("signed", "Won", "Signing")]
    assert told == ["signed", "Won", None]


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        (["Deal Stage", "Is Closed Won", "Is closed lost"], ["Live - billing", "true", "false"], "Is Closed Won"),
        (["Deal Stage", "Is Closed Won", "Is closed lost"], ["Parked", "false", "TRUE"], "Is closed lost"),
        (["Deal Stage", "Is Closed Won", "Is closed lost"], ["Proposal", "false", "0"], None),
        (["STAGENAME", "ISCLOSED", "ISWON"], ["Paid", "1", "0"], "ISCLOSED"),
        (["Deal Status", "Deal Stage"], ["Won", "A. Lead Generated"], "Won"),
        (["Deal Status", "Deal Stage"], ["Dormant", "L. Project Lost"], "L. Project Lost"),
        (["Deal Status", "Deal Stage"], ["Open", "Proposal"], None),
        (["Stage", "È con chiusura vinta"], ["Qualificata", "Vero"], "È con chiusura vinta"),
    ],
)
def test_any_column_of_its_progress_closes_a_deal(header: list[str], cells: list[str], said: str | None) -> None:
    assert stage(header, cells) == said


@pytest.mark.parametrize("header", ["Deal Stage", "Status"])
def test_closed_deals_are_counted_and_never_named(
    fitcheck: Callable[..., Outcome], tmp_path: Path, header: str
) -> None:
    chance = Random(5)  # noqa: S311 - no secret
    questions = load_screen("pilot").questions
    stages = [chance.choice((*OPEN, *CLOSED)) for _ in range(300)]
    lines = [f"id,value,{header},{','.join(question.id for question in questions)}"]
    for k, stage in enumerate(stages):
        cells = [chance.choice([*question.options[:2]]).id for question in questions]
        lines.append(f"{k},{90_000 + 1_000 * k},{stage},{','.join(cells)}")
    table = tmp_path / "t.csv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    summary = tmp_path / "s.json"
    told = fitcheck("batch", str(table), "--summary", str(summary), "--hours", "3000")
    found = json.loads(summary.read_text(encoding="utf-8"))
    closed = Counter(stage.strip() for stage in stages if stage in CLOSED)
    assert found["closed"] == dict(closed)
    assert found["rows"]["scored"] == len(stages)
    assert sum(verdict["rows"] for verdict in found["verdicts"]) == len(stages) - sum(closed.values())
    best = [stages[int(one["id"])] for one in found["most_value_for_an_hour"]]
    assert len(best) > 10
    assert not {*best} & {*CLOSED}
    assert f"{sum(closed.values())} deals, left out above; --with-closed counts them" in told.out
    fitcheck("batch", str(table), "--summary", str(summary), "--with-closed")
    found = json.loads(summary.read_text(encoding="utf-8"))
    assert sum(verdict["rows"] for verdict in found["verdicts"]) == len(stages)
