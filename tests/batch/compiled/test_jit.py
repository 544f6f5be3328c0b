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
def part(x):
    return x + STEP
def loop(x):
    return part(x) * TIMES
"""


def frozen(text: str = SOURCE, **constants: object) -> str:
    """What is frozen into the loop of a module with this text and these constants."""
    names: dict[str, object] = {"STEP": 1, "TIMES": 2, "OTHER": 3, **constants}
    exec(text, names)  # noqa: S102 - the source above
    return repr(sorted(jit._frozen(names["loop"]).items()))


def test_a_loop_depends_on_its_code_and_constants_and_on_those_of_all_that_it_calls() -> None:
    assert frozen(OTHER=4) == frozen()
    others = [
        frozen(STEP=2),
        frozen(TIMES=3),
        frozen(SOURCE.replace("x + STEP", "x - STEP")),
        frozen(SOURCE.replace("* TIMES", "* TIMES + 7")),
    ]
    assert len({frozen(), *others}) == 5


def test_a_constant_that_is_no_number_is_refused() -> None:
    for value in ("text", (1, 2), [1], None):
        with pytest.raises(TypeError, match="STEP: a loop has no constants but numbers"):
            frozen(STEP=value)
