"""Tables to score in every kind of frame, and what the command makes of them."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from hypothesis import strategies as st
from strategies import CHOICES, Picker, Situation, asked, option_ids, situations

import fitcheck
from fitcheck.decision.content.rubric import Screen
from fitcheck.table.read.settings import Settings
from fitcheck.table.run import Job, Outputs, open_job, run
from fitcheck.table.score.row_reading import BadAnswers
from fitcheck.table.write.out_columns import out_columns

BAD = ("nonsense", "O1", " o0 ", "0", "=1+1", "ä\u20ac", "o0\0")
AMOUNTS = ("", "12000", "4.000,50", "1.234", "1,234.50", "USD 8000", "12k", "(100)", "-", "nothing", "0")


@dataclass(frozen=True)
class TextTable:
    """
    A table of texts.

    Attributes:
        rows: each with a text, or None for nothing, for every column.
    """

    situation: Situation
    header: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    bad_answers: BadAnswers

    @property
    def columns(self) -> dict[str, list[str | None]]:
        """The cells of each column by its name."""
        return {name: [row[i] for row in self.rows] for i, name in enumerate(self.header)}


def _cell(pick: Picker, options: Sequence[str]) -> str | None:
    usual = pick.of(*options, *options, "unknown", "", None, "n/a")
    return pick.of(*[usual] * 15, pick.of(*BAD))


@st.composite
def text_tables(draw: st.DrawFn) -> TextTable:
    """A table with some of the columns of a screen, in some order, with cells good and bad."""
    situation: Situation = draw(situations())
    pick = Picker(draw(CHOICES))
    questions = [q for q in asked(situation.screen) if pick.of(True, True, True, False)] or [*asked(situation.screen)][
        :1
    ]
    options = {q.id: option_ids(q) for q in questions}
    fields = pick.some(["amount", "currency", "notes", "name"])
    header = ("id", *pick.ordered([*options, *fields]))
    cells: dict[str, Callable[[], str | None]] = {
        "amount": lambda: pick.of(*AMOUNTS),
        "currency": lambda: pick.of("EUR", "", "USD", "?", None),
        "notes": lambda: pick.of("x", "", None, 'a "b", c'),
        "name": lambda: pick.of("Acme", "Total", "Vandelay"),
    }
    rows = tuple(
        (str(number), *(_cell(pick, options[name]) if name in options else cells[name]() for name in header[1:]))
        for number in range(pick.of(5, 0, 1, 2, 9))
    )
    return TextTable(situation, header, rows, pick.of("reject", "reject", "unknown"))


def expected(table: TextTable) -> dict[str, list[Any]]:
    """What `fitcheck batch` says of each row, by the id in the first column; null in the rows that it rejects."""
    situation = table.situation
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([table.header, *table.rows])
    settings = Settings("csv", "utf-8", ",", decimal=".")
    job = Job(
        situation.screen,
        situation.stage,
        situation.company,
        settings=settings,
        columns=("all", "fit"),
        bad_answers=table.bad_answers,
    )
    scored, rejects = BytesIO(), BytesIO()
    run(job, open_job(job, BytesIO(text.getvalue().encode()), "table.csv"), Outputs(scored, "csv", rejects), _ignore)
    rows = {row["id"]: row for row in _rows(scored)}
    rejected = {row["id"]: row for row in _rows(rejects)}
    assert sorted({*rows, *rejected}, key=int) == [str(row[0]) for row in table.rows]
    found: dict[str, list[Any]] = {}
    for column in out_columns(situation.screen):
        texts = [rows[str(row[0])][column.name] if str(row[0]) in rows else "" for row in table.rows]
        found[column.name] = [value_of(value, column.kind) if value else None for value in texts]
    found["fit_problems"] = [rejected.get(str(row[0]), {}).get("fit_problems") for row in table.rows]
    return found


def score_table(frame: Any, table: TextTable) -> Any:
    """A frame that was made of a table, scored."""
    situation = table.situation
    return fitcheck.score_frame(
        frame,
        situation.screen,
        stage=situation.stage,
        company=situation.company,
        bad_answers=table.bad_answers,
        decimal=".",
    )


def _ignore(_: int) -> None:
    """Nobody looks at how far it is."""


def _rows(file: BytesIO) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.getvalue().decode(), newline="")))


def value_of(text: str, kind: str) -> Any:
    """The value that a text in a table of ours stands for."""
    by_kind: Mapping[str, Any] = {
        "text": str,
        "number": float,
        "whole": int,
        "flag": {"true": True, "false": False}.get,
    }
    return by_kind[kind](text)


def names_of(screen: Screen) -> list[str]:
    """Names of all of our columns of a frame."""
    return [*(column.name for column in out_columns(screen)), "fit_problems"]
