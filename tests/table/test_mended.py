import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]
HEADER = "id,named_users,Note,Note"
ROWS = ["1,nobody,a,b", '2,nobdy,"c, d","e\nf"', "3,named,g,h", "4,nmed,i", "5,promised,j,k"]
SOUND = ["1,nobody,a,b", '2,nobody,"c, d","e\nf"', "3,named,g,h", "4,named,i,x", "5,promised,j,k"]


@pytest.fixture
def run(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands in a folder with a table of which two rows are rejected."""
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    return fitcheck


def scored(run: Run, table: str, *options: str) -> tuple[int, str]:
    told = run("batch", table, *options, "-o", "s.csv")
    return told.code, Path("s.csv").read_text(encoding="utf-8")


def fixed(file: str, *changes: tuple[str, str]) -> None:
    text = Path(file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    Path(file).write_text(text, encoding="utf-8")


def test_fixed_rows_come_out_as_if_the_table_had_been_right(run: Run) -> None:
    assert scored(run, "t.csv")[0] == Exit.REJECTED
    said = next(line for line in Path("s-rejects.csv").read_text(encoding="utf-8").splitlines() if line[0] == "4")
    fixed("s-rejects.csv", ("nobdy", "nobody"), (said, "4,named,i,x,6,"))
    code, text = scored(run, "t.csv", "--mended", "s-rejects.csv")
    Path("right.csv").write_text("\n".join([HEADER, *SOUND, ""]), encoding="utf-8")
    assert (code, text) == scored(run, "right.csv")
    assert not Path("s-rejects-2.csv").exists()


def test_rows_are_fixed_a_few_at_a_time_and_none_is_lost(run: Run) -> None:
    scored(run, "t.csv")
    fixed("s-rejects.csv", ("nobdy", "nobody"))
    code, text = scored(run, "t.csv", "--mended", "s-rejects.csv")
    assert (code, [line[:2] for line in text.splitlines() if line[1:2] == ","]) == (4, ["1,", "2,", "3,", "5,"])
    assert "too-few-cells" in Path("s-rejects-2.csv").read_text(encoding="utf-8")
    line = Path("s-rejects-2.csv").read_text(encoding="utf-8").splitlines()[1]
    fixed("s-rejects-2.csv", (line, "4,named,i,x,6,"))
    code, text = scored(run, "t.csv", "--mended", "s-rejects.csv", "--mended", "s-rejects-2.csv")
    assert (code, [line[:2] for line in text.splitlines() if line[1:2] == ","]) == (0, ["1,", "2,", "3,", "4,", "5,"])


def test_a_file_that_is_not_of_this_table_changes_nothing(run: Run) -> None:
    _, before = scored(run, "t.csv")
    rejects = Path("s-rejects.csv").read_text(encoding="utf-8")
    cases = {
        "not-its-rejects": "\n".join([HEADER, *SOUND]),
        "no-such-row": rejects.replace(',3,"', ',300,"'),
        "no-line": rejects.replace(',3,"', ',three,"'),
    }
    for code, text in cases.items():
        Path("m.csv").write_text(text, encoding="utf-8")
        told = run("batch", "t.csv", "--mended", "m.csv", "-o", "s.csv")
        assert (told.code, f"[{code}]" in told.err) == (Exit.DOCUMENT, True), told.err
        assert Path("s.csv").read_text(encoding="utf-8") == before


def test_json_lines_keep_their_members(run: Run) -> None:
    rows = [{"id": 1, "named_users": "nobody"}, {"id": 2, "named_users": "nobdy", "deep": {"a": [1]}}]
    Path("t.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    run("batch", "t.jsonl", "-o", "s.jsonl")
    fixed("s-rejects.jsonl", ("nobdy", "named"))
    told = run("batch", "t.jsonl", "--mended", "s-rejects.jsonl", "-o", "s.jsonl")
    assert told.code == Exit.DONE, told.err
    last = json.loads(Path("s.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert {key: last[key] for key in ("id", "named_users", "deep")} == {**rows[1], "named_users": "named"}
    assert "fit_row" not in last
