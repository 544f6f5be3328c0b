from pathlib import Path

import pytest

from fitcheck.documents.reading.finding import Source, UnknownNameError, find, is_file, is_path, names, root
from fitcheck.problems import DocumentError

ROOT = Path(__file__).parents[3]


def test_built_in_names_are_the_files_of_the_repository() -> None:
    assert root() == ROOT / "rubrics"
    assert names("rubric") == tuple(sorted(file.stem for file in (ROOT / "rubrics").glob("*.yaml")))
    assert {"pilot", "deal"} <= set(names("screen"))
    assert {"pilot", "deal"} <= set(names("cost"))


@pytest.mark.parametrize("text", ["a/b", "a\\b", "a.yaml", "a.yml", "a.YAML", "a.json", "./a"])
def test_a_path_has_a_separator_or_an_ending(text: str) -> None:
    assert is_path(text)


@pytest.mark.parametrize("text", ["pilot", "mutual-trust", "yaml", ""])
def test_anything_else_is_a_name(text: str) -> None:
    assert not is_path(text)


def test_any_other_name_of_a_file_that_is_there_means_it_but_for_those_of_built_in_files(tmp_path: Path) -> None:
    for name in ("map.txt", "plain", "pilot"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    assert is_file("map.txt", names("mapping"), tmp_path)
    assert is_file("plain", names("screen"), tmp_path)
    assert not is_file("pilot", names("screen"), tmp_path)
    assert not is_file("folder", names("screen"), tmp_path)
    assert find("rubric", "plain", beside=Source(tmp_path / "mine.yaml", "x/mine.yaml")) == Source(
        tmp_path / "plain", "x/plain"
    )


def test_a_name_with_an_ending_is_told_that_it_is_no_file_either() -> None:
    with pytest.raises(UnknownNameError) as caught:
        find("screen", "nothing.txt")
    assert caught.value.hint.startswith("no such file either")


def test_a_name_means_a_built_in_file_shown_without_its_folder_on_this_machine() -> None:
    assert find("cost", "pilot") == Source(ROOT / "rubrics/costs/pilot.yaml", "rubrics/costs/pilot.yaml", built_in=True)


def test_a_path_object_is_a_path_whatever_it_is_called() -> None:
    assert find("screen", Path("pilot")) == Source(Path("pilot"), "pilot")


def test_a_path_is_relative_to_the_file_that_names_it() -> None:
    screen = Source(Path("/data/screens/mine.yaml"), "screens/mine.yaml")
    found = find("rubric", "../trust.yaml", beside=screen)
    assert found == Source(Path("/data/screens/../trust.yaml"), "screens/../trust.yaml")


def test_an_unknown_name_gets_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError) as caught:
        find("screen", "plot")
    assert (caught.value.meant, caught.value.hint) == ("pilot", 'did you mean "pilot"?')


@pytest.mark.parametrize("name", ["..", ".", "", "a b", "\0", "x" * 500])
def test_no_name_leads_out_of_the_library_or_to_a_fault(name: str) -> None:
    with pytest.raises(UnknownNameError):
        find("screen", name)


def test_a_source_that_cannot_be_read_is_told_by_its_name_for_people() -> None:
    with pytest.raises(DocumentError) as caught:
        Source(Path("/nowhere/at/all.yaml"), "all.yaml").read()
    assert str(caught.value).startswith("all.yaml: no such file")
