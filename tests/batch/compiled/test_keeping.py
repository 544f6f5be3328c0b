"""Machine code is kept where Python or the user keep such things, and nowhere else."""

import sys
from pathlib import Path

import pytest

from fitcheck.batch.compiled import keeping


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    return tmp_path


def test_it_is_kept_beside_what_python_keeps_or_with_the_users_other_things(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    beside = Path(keeping.__file__).parent / "__pycache__"
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert [*keeping.folders()] == [beside, home / ".cache" / "fitcheck"]
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [*keeping.folders()] == [home / ".cache" / "fitcheck"]


def test_a_cache_folder_counts_only_with_its_whole_path(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for named, folder in ((str(home / "mine"), home / "mine"), ("mine", home / ".cache"), ("", home / ".cache")):
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        assert [*keeping.folders()][-1] == folder / "fitcheck"


def test_what_can_not_be_kept_in_one_folder_is_kept_in_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(keeping, "folders", lambda: iter([tmp_path / "file" / "no-folder", tmp_path / "new"]))
    made: list[str] = []

    def make(symbol: str) -> bytes:
        made.append(symbol)
        return b"code"

    first = keeping.kept("loop", "all that it depends on", make)
    assert first == keeping.kept("loop", "all that it depends on", make) == (made[0], b"code")
    assert keeping.kept("loop", "something else", make) == (made[1], b"code")
    assert [path.suffix for path in (tmp_path / "new").iterdir()] == [".o", ".o"]
    assert len({*made}) == 2
