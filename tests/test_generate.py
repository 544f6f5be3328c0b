"""The record of content versions: a released version stays as it is, and what is new is named in the CHANGELOG."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from scripts import script

from fitcheck.documents.reading import finding
from fitcheck.documents.rubrics import load_rubric

GENERATE = script(".ci/generate.py")
NAME = "rubric mutual-trust"
FIRST = "# Changelog\n\n## 0.1.0, unreleased\n\n- The first verdicts.\n"
LATER = "# Changelog\n\n## 0.2.0, unreleased\n\n- {}\n\n## 0.1.0, 2026-12-01\n\n- rubric `mutual-trust` 2\n"

Record = dict[str, dict[str, dict[str, Any]]]


def record(version: int, digest: str, *, released: bool) -> Record:
    """A record with one entry."""
    return {NAME: {str(version): {"digest": digest, "released": released}}}


class Content:
    """What is there to be recorded, in place of the built-in content."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, int, str]] = [(NAME, 1, "aaaa")]

    def recorded(self, before: Record, changelog: str) -> Record:
        """The record made anew."""
        found: Record = json.loads(GENERATE.versions(before, changelog))
        return found

    def refused(self, before: Record, changelog: str) -> str:
        """Why the content is refused."""
        with pytest.raises(GENERATE.RefusedError) as caught:
            GENERATE.versions(before, changelog)
        return str(caught.value)


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> Content:
    """Content of one rubric, to be changed by the test."""
    own = Content()
    monkeypatch.setattr(GENERATE, "contents", lambda: iter(own.parts))
    return own


def test_until_the_first_release_content_may_change_freely(content: Content) -> None:
    assert content.recorded({}, FIRST) == record(1, "aaaa", released=False)
    assert content.recorded(record(1, "zzzz", released=False), FIRST) == record(1, "aaaa", released=False)


def test_a_release_freezes_what_is_there(content: Content) -> None:
    released = FIRST.replace("unreleased", "2026-12-01")
    assert content.recorded(record(1, "aaaa", released=False), released) == record(1, "aaaa", released=True)


def test_a_released_version_with_other_content_is_refused(content: Content) -> None:
    same = record(1, "aaaa", released=True)
    assert content.recorded(same, LATER) == same
    told = content.refused(record(1, "zzzz", released=True), LATER)
    assert told == "rubric mutual-trust 1 was released with other content: raise its version"


def test_a_raised_version_must_be_named_among_what_is_new(content: Content) -> None:
    content.parts = [(NAME, 2, "bbbb")]
    before = record(1, "aaaa", released=True)
    told = content.refused(before, LATER)
    assert told == "CHANGELOG.md does not name rubric mutual-trust 2 among what is new"
    after = content.recorded(before, LATER.format("rubric `mutual-trust` 2: fewer points for silence"))
    assert after[NAME] == {**before[NAME], "2": {"digest": "bbbb", "released": False}}


def test_a_version_never_falls(content: Content) -> None:
    told = content.refused(record(2, "bbbb", released=True), LATER.format("rubric `mutual-trust` 1"))
    assert told == "rubric mutual-trust 1 was 2 before: a version never falls"


def test_all_that_is_refused_is_told_at_once(content: Content) -> None:
    content.parts = [(NAME, 1, "bbbb"), ("screen pilot", 1, "cccc")]
    before = record(1, "aaaa", released=True) | {"screen pilot": {"1": {"digest": "aaaa", "released": True}}}
    assert len(content.refused(before, LATER).splitlines()) == 2


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built-in content that is read in its place."""
    copy = tmp_path / "rubrics"
    shutil.copytree(ROOT / "rubrics", copy)
    monkeypatch.setattr(finding, "root", lambda: copy)
    return copy


def digests() -> dict[str, str]:
    """Digest of everything built in."""
    return {name: digest for name, _, digest in GENERATE.contents()}


def test_layout_and_comments_are_no_content(copied: Path) -> None:
    before, trust = digests(), copied / "mutual-trust.yaml"
    text = trust.read_text(encoding="utf-8")
    assert "    weight: 3\n" in text
    trust.write_text("# a remark\n" + text.replace("    weight: 3\n", "    weight: 3.0   # three\n"), encoding="utf-8")
    assert digests() == before


def test_a_changed_word_is_other_content_of_the_file(copied: Path) -> None:
    before, trust = digests(), copied / "mutual-trust.yaml"
    trust.write_text(
        trust.read_text(encoding="utf-8").replace("Do they trust us", "Did they trust us"), encoding="utf-8"
    )
    assert {name for name, digest in digests().items() if digest != before[name]} == {NAME}


def test_a_screen_is_other_content_as_soon_as_a_part_of_it_has_another_version(copied: Path) -> None:
    before, trust = digests(), copied / "mutual-trust.yaml"
    version = load_rubric("mutual-trust").version
    now, raised = f"\nversion: {version}\n", f"\nversion: {version + 1}\n"
    trust.write_text(trust.read_text(encoding="utf-8").replace(now, raised, 1), encoding="utf-8")
    screens = (copied / "screens").glob("*.yaml")
    using = {f"screen {path.stem}" for path in screens if "mutual-trust" in path.read_text(encoding="utf-8")}
    assert {"screen pilot", "screen deal"} <= using
    assert {name for name, digest in digests().items() if digest != before[name]} == {NAME, *using}
