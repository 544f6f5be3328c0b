"""Where reading is confined, nothing else is read: no device, no pipe, nothing that a link or `..` leads to."""

import os
import sys
from pathlib import Path

import pytest

from fitcheck.documents.reading.confined import confined_to
from fitcheck.documents.reading.source import read_bytes
from fitcheck.problems import DocumentError


def code_of(path: Path) -> str:
    with pytest.raises(DocumentError) as refused:
        read_bytes(path, str(path))
    return refused.value.problems[0].code


def test_only_files_inside_are_read_and_only_while_it_lasts(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "outside.txt"
    inside.mkdir()
    outside.write_bytes(b"out")
    (inside / "a.txt").write_bytes(b"in")
    (inside / "link.txt").symlink_to(outside)
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    with confined_to(inside):
        assert read_bytes(inside / "a.txt", "a") == b"in"
        assert code_of(inside / "link.txt") == "outside"
        assert code_of(inside / ".." / "outside.txt") == "outside"
        assert code_of(tmp_path / "in2" / "a.txt") == "outside"  # a name that only begins alike
        assert code_of(inside / "loop.txt") == "cannot-read"
        assert code_of(inside) == "cannot-read"
    assert read_bytes(outside, "b") == b"out"


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with confined_to(tmp_path, Path("/dev")):
        assert code_of(tmp_path / "pipe") == "not-a-file"
        assert code_of(Path("/dev/zero")) == "not-a-file"
