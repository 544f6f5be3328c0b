"""A screen in a file that asks what the columns of `batch.damaged` answer, and `fitcheck batch` over its tables."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import Outcome

RUBRIC = """\
rubric: need
version: 1
title: Need
about: About it.
source: An essay
questions:
  pain:
    ask: How bad is the pain?
    why: It matters.
    weight: 1
    reason: pain
    options:
      severe: {says: "It stops them", points: 1, because: "the pain is severe"}
      some: {says: "It slows them", points: 0.5, because: "there is some pain"}
      none: {says: "It does not hurt", points: 0, because: "nothing hurts"}
    change: {by: them, advice: "Wait."}
  goal:
    ask: How clear is the goal?
    why: It matters.
    weight: 1
    reason: goal
    options:
      clear: {says: "They wrote it down", points: 1, because: "the goal is clear"}
      vague: {says: "They spoke of it", points: 0.25, because: "=the goal is vague"}
    change: {by: them, advice: "Ask."}
"""
SCREEN = """\
screen: worked
version: 1
title: Worked
about: About it.
rubrics: [./need.yaml]
default_stage: pilot
least_known: 0.5
look_again_weeks: 12
stages:
  pilot: {threshold: 60, weights: {need: 100}}
"""
ANSWERS = {
    "pain": {"severe", "some", "none", "", "unknown", "?", "-"},
    "goal": {"clear", "vague", "", "unknown", "?", "-"},
}
"""Every text of the corpus that answers a question."""

VERDICTS = {
    ("severe", "clear"): ("pursue", "100.00"),
    ("some", "clear"): ("pursue", "75.00"),
    ("severe", "vague"): ("pursue", "62.50"),
    ("none", "clear"): ("not now", "50.00"),
    ("some", "vague"): ("not now", "37.50"),
    ("none", "vague"): ("not now", "12.50"),
}
"""Worked out by hand: each question has 50 points, pursue starts at 60."""


def screen_file(folder: Path) -> str:
    """Write the screen into a folder and return its path."""
    (folder / "need.yaml").write_text(RUBRIC, encoding="utf-8")
    (folder / "worked.yaml").write_text(SCREEN, encoding="utf-8")
    return str(folder / "worked.yaml")


def table_of(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of delimited text with different headers; a CR alone is no line end in what we write."""
    text = re.sub("\r(?!\n)", " ", data.decode("utf-8-sig", "surrogateescape"))
    text = re.sub(r"\Asep=.\r?\n", "", text)  # it names a delimiter that nobody would guess
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@dataclass(frozen=True)
class Ran:
    """What a run printed, and what it wrote; `None` for a file that does not exist."""

    code: int
    out: str
    err: str
    scored: bytes | None
    rejects: bytes | None
    summary: Any

    @property
    def rows(self) -> list[dict[str, str]]:
        """The scored rows."""
        return table_of(self.scored or b"")

    @property
    def rejected(self) -> list[dict[str, str]]:
        """The rejected rows."""
        if self.summary["table"]["format"] == "jsonl":
            found = [json.loads(line) for line in (self.rejects or b"").decode("utf-8", "surrogateescape").splitlines()]
            return [{key: str(value) for key, value in row.items()} for row in found]
        return table_of(self.rejects or b"", self.summary["table"]["delimiter"] or ",")


class Batch:
    """Runs `fitcheck batch` in a folder of its own, with every file that it can write."""

    def __init__(self, fitcheck: Callable[..., Outcome], folder: Path, screen: str | None = None) -> None:
        self.fitcheck, self.folder = fitcheck, folder
        self.screen = screen or screen_file(folder)

    def __call__(self, data: str | bytes, *options: str, name: str = "t.csv", to: str = "o.csv") -> Ran:
        """Write a table, score it, and return everything that came out."""
        source = self.folder / name
        source.write_bytes(data.encode() if isinstance(data, str) else data)
        scored, rejects, summary = (self.folder / file for file in (to, "rejects", "s.json"))
        for file in (scored, rejects, summary):
            file.unlink(missing_ok=True)
        files = ["-o", str(scored), "--rejects", str(rejects), "--summary", str(summary)]
        told = self.fitcheck("batch", str(source), "--screen", self.screen, *files, *options)
        return Ran(
            told.code,
            told.out,
            told.err,
            scored.read_bytes() if scored.exists() else None,
            rejects.read_bytes() if rejects.exists() else None,
            json.loads(summary.read_bytes()) if summary.exists() else None,
        )
