"""What README and docs/ say is what happens."""

import doctest
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from conftest import ROOT, Outcome

import fitcheck as package
from fitcheck.cli.app import app
from fitcheck.cli.exit_codes import Exit
from fitcheck.documents.rubrics import load_rubric
from fitcheck.documents.screens import load_screen
from fitcheck.proof.lint import lint

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
BLOCK = re.compile(r"(```console\n\$ fitcheck (.*?)\n)(.*?)(```)", re.DOTALL)
TALES = [page for page in PAGES if page.with_suffix("").is_dir()]
"""Pages whose commands are run one after another, in a copy of the folder of their files."""
BLOCKS = [
    (page, found) for page in PAGES if page not in TALES for found in BLOCK.findall(page.read_text(encoding="utf-8"))
]


def matches(expected: str, told: str) -> bool:
    """Whether the texts are equal; a line of three dots stands for any lines."""
    pattern = "".join(".*" if line == "...\n" else re.escape(line) for line in expected.splitlines(keepends=True))
    return re.fullmatch(pattern, told, re.DOTALL) is not None


@pytest.mark.parametrize(("page", "block"), BLOCKS, ids=[f"{page.stem}: {block[1]}" for page, block in BLOCKS])
def test_each_command_prints_what_the_page_shows(
    fitcheck: Callable[..., Outcome], page: Path, block: tuple[str, str, str, str]
) -> None:
    begin, command, expected, end = block
    outcome = fitcheck(*shlex.split(command))
    told = outcome.out + outcome.err
    if os.environ.get("FITCHECK_GOLDEN") == "write" and "...\n" not in expected.splitlines(keepends=True):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(begin + expected + end, begin + told + end), encoding="utf-8")
        expected = told
    assert matches(expected, told), told


@pytest.mark.parametrize("page", TALES, ids=lambda page: page.stem)
def test_the_commands_of_a_tale_print_one_after_another_what_the_page_shows(
    fitcheck: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Path
) -> None:
    copytree(page.with_suffix(""), tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    text = now = page.read_text(encoding="utf-8")
    for begin, command, expected, end in BLOCK.findall(text):
        outcome = fitcheck(*shlex.split(command))
        told = outcome.out + outcome.err
        assert matches(expected, told) or "...\n" not in expected, told
        if not matches(expected, told):
            now = now.replace(begin + expected + end, begin + told + end)
    if os.environ.get("FITCHECK_GOLDEN") == "write":
        page.write_text(now, encoding="utf-8")
        text = now
    assert now == text


def test_there_are_blocks_to_run() -> None:
    assert len(BLOCKS) >= 3
    assert TALES


def test_the_python_session_runs(at_root: Path) -> None:
    session = re.search(r"```pycon\n(.*?)```", TEXT, re.DOTALL)
    assert session
    parsed = doctest.DocTestParser().get_doctest(session.group(1), {}, "README", str(at_root / "README.md"), 0)
    assert parsed.examples
    results = doctest.DocTestRunner(verbose=False).run(parsed)
    assert results.failed == 0


def test_the_rubric_in_readme_is_sound(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n# rubrics-of-ours/data-access.yaml\n(.*?)```", TEXT, re.DOTALL)
    assert block
    file = tmp_path / "data-access.yaml"
    file.write_text(block.group(1), encoding="utf-8")
    assert load_rubric(str(file)).id == "data-access"
    block = re.search(r"```yaml\n# rubrics-of-ours/ours.yaml\n(.*?)```", TEXT, re.DOTALL)
    assert block
    (tmp_path / "ours.yaml").write_text(block.group(1), encoding="utf-8")
    screen = load_screen(str(tmp_path / "ours.yaml"))
    assert [rubric.id for rubric in screen.rubrics] == ["mutual-trust", "data-access"]
    assert lint(screen) == ()


def test_the_table_of_exit_codes_is_the_enumeration() -> None:
    table = dict(re.findall(r"^\| (\d+) \| (.*?) \|$", TEXT, re.MULTILINE))
    assert list(map(int, table)) == [code.value for code in Exit]


def test_every_command_is_in_the_table() -> None:
    for command in app.registered_commands:
        assert f"`fitcheck {command.callback.__name__ if command.callback else ''}" in TEXT
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            name = command.name or (command.callback.__name__ if command.callback else "")
            assert f"`fitcheck {group.name} {name}" in TEXT


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)", page.read_text(encoding="utf-8")):
            file = page.parent / target if target else page
            assert file.exists(), f"{page}: {target}"
            titles = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
            slugs = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
            assert not anchor or anchor[1:] in slugs, f"{page}: {anchor}"


def test_two_set_up_commands_stand_between_the_marks() -> None:
    part = README.split("<!-- set-up -->")[1].split("<!-- end of set-up -->")[0]
    assert len(re.findall(r"^(?:python3|\.venv)", part, re.MULTILINE)) == 2


def test_the_public_names_are_sorted_and_importable() -> None:
    assert package.__all__ == sorted(package.__all__)
    assert all(getattr(package, name) is not None for name in package.__all__)
    assert set(package.__all__) <= set(dir(package))


def test_no_text_installs_another_package_of_the_same_name() -> None:
    # The name on the public index belongs to somebody else; ours is prospect-fitcheck.
    wrong = re.compile(r"(?:pip|pipx|uv tool) install\s+(?:-\S+\s+)*fitcheck\b|uvx fitcheck\b")
    for file in [*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), ROOT / "pyproject.toml"]:
        assert not wrong.search(file.read_text(encoding="utf-8")), file
