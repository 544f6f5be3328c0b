"""A deal that is won or lost is scored like all others, counted, and never among the best."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - seeded

import pytest
from conftest import Outcome

from fitcheck.documents.screens import load_screen
from fitcheck.table.match.deals import ClosedDeals

OPEN = ("", "Qualified", "CostSummary", "closed loop", "Won't answer", "Lost contact", "Signed")
CLOSED = ("Closed Won", "Closed/Lost", "closed (won)", "closed-lost ", " WON", "Lost", "closedwon", "Verloren", "gagné")


@pytest.mark.parametrize("text", OPEN)
def test_another_stage_says_nothing(text: str) -> None:
    assert ClosedDeals(0).stage([text]) is None


@pytest.mark.parametrize("text", CLOSED)
def test_won_and_lost_say_so_in_every_spelling(text: str) -> None:
    assert ClosedDeals(0).stage([text]) == text.strip()
    assert ClosedDeals(None).stage([text]) is None


def test_a_mapping_may_name_more() -> None:
    told = ClosedDeals(1, ["Signed"])
    assert [told.stage(["Won", text]) for text in ("signed", "Won", "Signing")] == ["signed", "Won", None]


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
    assert sum(verdict["rows"] for verdict in found["verdicts"]) == found["rows"]["scored"] == len(stages)
    best = [stages[int(one["id"])] for one in found["most_value_for_an_hour"]]
    assert len(best) > 10
    assert not {*best} & {*CLOSED}
    assert f"closed {sum(closed.values())} deals" in " ".join(told.out.split())
