"""Loops are compiled once, and told apart by all that they depend on."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytest.importorskip("numba")
jit = pytest.importorskip("fitcheck.batch.compiled.jit")

NUMBER = """
import sys
from pathlib import Path
from fitcheck.batch.compiled import keeping
keeping.folders = lambda: map(Path, {folders})
import numpy as np
from fitcheck.batch.compiled.numbering import numbered
print(numbered({{"a": np.array([4, 5, 4])}}), "numba" in sys.modules)
"""


def compiles(*folders: Path) -> bool:
    """Number some rows in a process that keeps loops in these folders; say whether it compiled any."""
    code = [sys.executable, "-c", NUMBER.format(folders=[*map(str, folders)])]
    told = subprocess.run(code, check=False, capture_output=True, env={"PYTHONPATH": str(ROOT / "src")}, timeout=120)
    found, _, compiled = told.stdout.decode().rpartition(" ")
    assert (found, told.stderr) == ("(array([0, 1, 0]), [(4,), (5,)])", b"")
    return compiled == "True\n"


def test_a_loop_is_compiled_once_and_then_taken_from_the_disk_without_numba(tmp_path: Path) -> None:
    assert compiles(tmp_path)
    [kept] = tmp_path.iterdir()
    before = kept.stat()
    assert not compiles(tmp_path)
    assert kept.stat().st_mtime_ns == before.st_mtime_ns


def test_a_damaged_loop_is_compiled_anew_and_mended(tmp_path: Path) -> None:
    assert compiles(tmp_path)
    [kept] = tmp_path.iterdir()
    sound = kept.read_bytes()
    for damaged in (b"", sound[:-1], sound[: len(sound) // 2], b"\0" * len(sound), sound[:-1] + b"\1"):
        kept.write_bytes(damaged)
        assert compiles(tmp_path)
        assert not compiles(tmp_path)


def test_where_nothing_can_be_kept_every_process_compiles(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folders in ((), (tmp_path / "file" / "no-folder",)):
        assert compiles(*folders)
        assert compiles(*folders)


SOURCE = """
from math import floor as first
def part(x):
    return x + STEP - OTHER
def second(x):
    return x - 1
def loop(x):
    return part(min(x, 3)) * TIMES + second(first(x.size))
"""


def frozen(text: str = SOURCE, **constants: object) -> str:
    """What is frozen into the loop of a module with this text and these constants."""
    names: dict[str, object] = {"STEP": 1, "TIMES": 2, "OTHER": 3, "UNUSED": 4, "__name__": "module", **constants}
    exec(text, names)  # noqa: S102 - the source above
    return repr(jit._frozen(names["loop"]))


def test_a_loop_depends_on_its_code_and_constants_and_on_those_of_all_that_it_calls() -> None:
    assert frozen(UNUSED=5) == frozen()
    texts = [
        SOURCE.replace(old, new)
        for old, new in (
            ("x + STEP", "x - STEP"),
            ("* TIMES", "* TIMES + 7"),
            ("STEP - OTHER", "OTHER - STEP"),
            ("min(", "max("),
            ("x.size", "x.ndim"),
            ("floor as", "ceil as"),
            ("return x - 1", "return x - 2"),
            ("part(min(x, 3)) * TIMES + second(", "second(min(x, 3)) * TIMES + part("),
        )
    ]
    assert SOURCE not in texts
    others = [frozen(STEP=2), frozen(TIMES=3), frozen(TIMES=2.0), *map(frozen, texts)]
    assert len({frozen(), *others}) == 12


def test_what_can_not_be_told_apart_is_refused() -> None:
    for value in ("text", (1, 2), [1], None, sys):
        with pytest.raises(TypeError, match="STEP: a loop has no constants but numbers, and no module but numpy"):
            frozen(STEP=value)
    for text in ("def part(x):", "def part(x, *, y=1):", "def part(x, y=1):"):
        source = SOURCE.replace("def part(x):", text)
        if text == "def part(x):":
            source = "def make(y):\n    def part(x):\n        return x + y\n    return part\n" + source
            source = source.replace("def loop", "part = make(1)\ndef loop")
        with pytest.raises(TypeError, match="no defaults, and nothing of another function"):
            frozen(source)
