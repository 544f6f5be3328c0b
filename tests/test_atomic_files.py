"""Files appear together and whole, or not at all."""

import os
import signal
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest

from fitcheck.atomic_files import open_atomically
from fitcheck.problems import UsageError


def codes(error: pytest.ExceptionInfo[UsageError]) -> list[str]:
    """What went wrong."""
    return [problem.code for problem in error.value.problems]


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def fail_while_writing(paths: list[Path]) -> None:
    """Write a part of the first file, and break off."""
    with open_atomically(paths) as files:
        files[0].file.write(b"new")
        raise ZeroDivisionError


def test_two_files_appear_together(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    with open_atomically(paths) as files:
        for file, text in zip(files, (b"one", b"two"), strict=True):
            file.file.write(text)
        assert [path.exists() for path in paths] == [False, False]
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]
    assert names(tmp_path) == ["a", "b"]


def test_if_anything_fails_the_old_files_stay_and_nothing_is_left(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    paths[0].write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        fail_while_writing(paths)
    assert paths[0].read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_full_disk_is_one_sentence_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(UsageError) as error, open_atomically([path]):
        raise OSError(28, "No space left on device")
    assert str(error.value) == f"cannot write {path}: No space left on device (no files were changed)"
    assert path.read_bytes() == b"old"


def test_a_file_can_be_dropped(tmp_path: Path) -> None:
    with open_atomically([tmp_path / "a", tmp_path / "b"]) as files:
        files[0].file.write(b"one")
        files[1].drop()
    assert names(tmp_path) == ["a"]


def test_no_input_is_written_over_under_any_name(tmp_path: Path) -> None:
    given, link = tmp_path / "a", tmp_path / "link"
    given.write_bytes(b"mine")
    link.symlink_to(given)
    hard = tmp_path / "hard"
    hard.hardlink_to(given)
    for path in (given, link, hard, tmp_path / "." / "a"):
        with pytest.raises(UsageError) as error, open_atomically([path], inputs=[given]):
            pass
        assert codes(error) == ["output-is-input"]
    assert given.read_bytes() == b"mine"


def test_one_file_can_not_be_two_outputs(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error, open_atomically([tmp_path / "a", tmp_path / "." / "a"]):
        pass
    assert codes(error) == ["output-twice"]


@pytest.mark.parametrize("other", ["link/new.csv", "real/../real/new.csv", "./real/new.csv"])
def test_one_file_can_not_be_two_outputs_however_its_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("real").mkdir()
    Path("link").symlink_to("real")
    with (
        pytest.raises(UsageError, match="is given as two outputs"),
        open_atomically([Path("real/new.csv"), Path(other)]),
    ):
        pass
    assert not [*Path("real").iterdir()]


def test_a_folder_and_a_missing_folder_are_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "a"):
        with pytest.raises(UsageError) as error, open_atomically([path]):
            pass
        assert codes(error) == ["cannot-write"]


def test_modes_follow_the_old_file_else_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        with open_atomically([old, new]):
            pass
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o640]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    with open_atomically([link]) as [file]:
        file.file.write(b"here")
    assert link.is_symlink()
    assert target.read_bytes() == b"here"


def test_a_run_that_is_ended_while_it_begins_a_file_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkstemp

    def ended(*words: Any, **more: Any) -> tuple[int, str]:
        found: tuple[int, str] = make(*words, **more)
        signal.raise_signal(signal.SIGINT)
        return found

    monkeypatch.setattr(tempfile, "mkstemp", ended)
    with pytest.raises(KeyboardInterrupt), open_atomically([tmp_path / "one", tmp_path / "two"]):
        pass
    assert [*tmp_path.iterdir()] == []


def test_a_run_that_is_ended_while_files_appear_leaves_none_of_them_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def ended(path: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", ended)
    (tmp_path / "one").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), open_atomically([tmp_path / "one", tmp_path / "two"]):
        pass
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"", "two": b""}
