"""Loops are kept on disk, and work where nothing can be kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

jit = pytest.importorskip("fitcheck.batch.compiled.jit")

ROOT = Path(__file__).parents[3]
NUMBER = """
import numpy as np
from fitcheck.batch.compiled.numbering import numbered
print(numbered({"a": np.array([4, 5, 4])}))
"""


def run(folder: Path, before: str = "") -> subprocess.CompletedProcess[bytes]:
    """Number some rows in a process that keeps loops in this folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NUMBA_CACHE_DIR": str(folder)}
    code = [sys.executable, "-c", before + NUMBER]
    told = subprocess.run(code, check=False, capture_output=True, env=environment)
    assert (told.stdout, told.stderr) == (b"(array([0, 1, 0]), [(4,), (5,)])\n", b"")
    return told


def test_loops_are_kept_on_disk_and_compiled_anew_where_they_are_damaged(tmp_path: Path) -> None:
    run(tmp_path)
    kept = {path: path.read_bytes() for path in tmp_path.rglob("*.nb?")}
    assert {path.suffix for path in kept} == {".nbi", ".nbc"}
    run(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.nb?")} == kept
    for suffix in (".nbi", ".nbc"):
        for damaged in (lambda _: b"", lambda data: data[: len(data) // 2], lambda data: b"\0" * len(data)):
            for path, data in kept.items():
                path.write_bytes(damaged(data) if path.suffix == suffix else data)
            run(tmp_path)


def test_where_no_folder_can_be_written_to_every_process_compiles(tmp_path: Path) -> None:
    run(tmp_path, "from numba.core.caching import CacheImpl\nCacheImpl._locator_classes = []\n")
    assert not [*tmp_path.iterdir()]


def test_what_is_kept_is_told_apart_by_all_that_is_frozen_into_it() -> None:
    source = """
def part(x):
    return x + STEP
def loop(x):
    return part(x) * TIMES
"""

    def fingerprint(text: str, **constants: int) -> str:
        names: dict[str, object] = {"STEP": 1, "TIMES": 2, "OTHER": 3, **constants}
        exec(text, names)  # noqa: S102 - the source above
        return str(jit.fingerprint(names["loop"]))

    one = fingerprint(source)
    assert fingerprint(source, OTHER=4) == one
    others = [
        fingerprint(source, STEP=2),
        fingerprint(source, TIMES=3),
        fingerprint(source.replace("x + STEP", "x - STEP")),
        fingerprint(source.replace("* TIMES", "* TIMES + 7")),
    ]
    assert len({one, *others}) == 5
