import json
import os
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st

from fitcheck.documents.reading import yaml_tree as yamltree
from fitcheck.documents.reading.source import MAX_BYTES, STDIN, parse, read_bytes
from fitcheck.documents.reading.tree import Document
from fitcheck.problems import DocumentError, Problem

LEAVES = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=12)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def read(text: str, file: str = "a.yaml") -> Document:
    return parse(text.encode("utf-8", "surrogatepass"), file)


def only_problem(data: bytes, file: str = "a.yaml") -> Problem:
    with pytest.raises(DocumentError) as caught:
        parse(data, file)
    (problem,) = caught.value.problems
    return problem


def problems_of(data: bytes, file: str = "a.yaml") -> tuple[Problem, ...]:
    """All problems, whether or not the rest could be read."""
    try:
        return parse(data, file).problems
    except DocumentError as error:
        return error.problems or (Problem("none", "a document error without a problem"),)


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: the second is there wherever libyaml is not."""
    monkeypatch.setattr(yamltree, "Loader", getattr(yaml, "CSafeLoader" if request.param == "C" else "SafeLoader"))
    return str(request.param)


@pytest.mark.usefixtures("loader")
def test_yaml_becomes_plain_data_with_exact_numbers() -> None:
    document = read('a: 1\nb: 0.10\nc: [no, "1", ~, true]\nd:\n  e: >\n    folded\n    text\n')

    assert document.data == {"a": 1, "b": Decimal("0.1"), "c": ["no", "1", None, True], "d": {"e": "folded text\n"}}
    assert isinstance(document.data["b"], Decimal)
    assert document.problems == ()


@pytest.mark.usefixtures("loader")
def test_every_key_and_entry_has_its_place() -> None:
    document = read("# note\na: 1\nb:\n  - c: {d: e}\n  -  f\n")

    places = {path: document.place(*path) for path in [("a",), ("b",), ("b", 0), ("b", 0, "c", "d"), ("b", 1)]}
    assert {path: (place.line, place.column) for path, place in places.items()} == {
        ("a",): (2, 1),
        ("b",): (3, 1),
        ("b", 0): (4, 5),
        ("b", 0, "c", "d"): (4, 9),
        ("b", 1): (5, 6),
    }


def test_a_value_is_pointed_at_itself_a_block_by_its_key_and_a_missing_part_by_what_is_around_it() -> None:
    document = read("a: one\nb:\n  c: {d: 1}\n")

    assert document.spot_of(("a",))[:3] == (1, 4, 3)
    assert document.spot_of(("b",))[:3] == (2, 1, 1)
    assert document.spot_of(("b", "c"))[:3] == (3, 6, 1)
    assert document.spot_of(("b", "c", "x", "y"))[:3] == (3, 6, 1)
    assert document.spot_of(("b", "c"), key=True)[:3] == (3, 3, 1)


def test_json_and_yaml_of_one_tree_are_one_document() -> None:
    tree = {"prospect": 'Ünïcode "quoted" 🚚', "answers": {"a": ["b", 1, -2.5, True, None]}}
    as_json = parse(json.dumps(tree).encode(), "a.json").data
    as_yaml = parse(json.dumps(tree, ensure_ascii=False).encode(), "a.yaml").data

    assert as_json == as_yaml == {**tree, "answers": {"a": ["b", 1, Decimal("-2.5"), True, None]}}


@given(TREES, st.sampled_from([None, 1, "\t"]))
def test_any_json_is_read_as_the_json_module_reads_it(tree: Any, indent: int | str | None) -> None:
    assert parse(json.dumps(tree, indent=indent).encode(), "a.json").data == tree


@given(st.binary(max_size=60) | st.text("{}[]:,-#&*!|>'\"%@` \t\n\r\\ab01.~<?", max_size=40).map(str.encode))
@pytest.mark.parametrize("file", ["a.yaml", "a.json", STDIN])
def test_no_bytes_do_anything_but_become_a_document_or_problems(file: str, data: bytes) -> None:
    problems = problems_of(data, file)
    for problem in problems:
        assert problem.where is not None
        assert problem.where.column >= 1
        assert (problem.excerpt is None) == (problem.where.line == 0)
        assert problem.where.line >= 1 or file != "a.yaml"


@pytest.mark.parametrize("text", ['{"a": 1}', ' \n{\n "a": 1}', '[{"a": 1}]', "{}", "[]"])
def test_json_is_known_by_its_beginning_where_there_is_no_file_name(text: str) -> None:
    assert read(text, STDIN).data == json.loads(text)


def test_flow_yaml_on_standard_input_is_not_taken_for_json() -> None:
    assert read("{prospect: Brightloom, answers: {}}", STDIN).data == {"prospect": "Brightloom", "answers": {}}


def test_a_byte_order_mark_is_accepted_and_moves_nothing() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\n", "a.yaml")
    assert document.data == {"a": 1}
    assert (document.place("a").line, document.place("a").column) == (1, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_with_every_line_end(end: str) -> None:
    document = read(end.join(["a: 1", "b: 2", "c: 3", ""]))
    assert document.place("c").line == 3
    assert document.lines[2] == "c: 3"


def test_line_ends_that_only_yaml_1_1_knows_do_not_shift_lines() -> None:
    document = read("a: one\u2028two\u0085three\nb: 2\n")
    assert document.data == {"a": "one two three", "b": 2}
    assert document.place("b").line == 2


def test_invalid_utf_8_is_told_with_line_and_column_in_characters() -> None:
    problem = only_problem("a: ä\nb: Gr".encode() + b"\xfc\xdfe\n")
    assert problem.code == "not-utf8"
    assert (problem.where and (problem.where.line, problem.where.column)) == (2, 6)
    assert problem.excerpt == "b: Gr\ufffd\ufffde"


@pytest.mark.parametrize("magic", [b"PK\x03\x04\x14\x00\xff\xfe", b"%PDF-1.7\n%\xe2\xe3\xcf"])
def test_what_is_no_text_at_all_is_called_so(magic: bytes) -> None:
    assert "not text" in str(only_problem(magic).hint)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(DocumentError, match="larger than 1,000,000 bytes"):
        read_bytes(big, "big.yaml")
    assert only_problem(b"a" * (MAX_BYTES + 1)).code == "too-large"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias"),
        ("[" * 400, "too-deep"),
        ("\n".join(" " * i + "a:" for i in range(60)), "too-deep"),
    ],
)
def test_texts_that_explode_are_refused_at_once(text: str, code: str) -> None:
    start = time.perf_counter()
    assert problems_of(text.encode())[-1].code == code
    assert time.perf_counter() - start < 10


@pytest.mark.usefixtures("loader")
def test_a_text_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltree, "MAX_EVENTS", 1000)
    assert only_problem(b"[" + b"a," * 1000 + b"]").code == "too-large"


def test_deep_json_is_refused_before_the_stack_ends() -> None:
    assert only_problem(b"[" * 100_000, "a.json").code == "too-deep"
    assert only_problem(b"[" * 51 + b"]" * 51, "a.json").code == "too-deep"
    assert parse(b"[" * 50 + b"]" * 50, "a.json").problems == ()


def test_problems_with_single_parts_of_json_are_all_told_and_the_rest_is_read() -> None:
    document = parse(b'{"a": 1, "a": 2, "b": [NaN], "c": 1e99, "d": "x"}', "a.json")
    assert [problem.code for problem in document.problems] == ["bad-number", "bad-number", "duplicate-key"]
    assert (document.at("a"), document.at("d")) == (1, "x")


def test_a_problem_with_a_part_of_json_says_the_path_instead_of_the_place() -> None:
    problem = parse(b'{"a": {"b": [1]}}', "a.json").problem("odd", "it is odd", ("a", "b", 0))
    assert str(problem) == "a.json: a.b.0: it is odd"


@pytest.mark.usefixtures("loader")
def test_problems_with_single_parts_are_all_told_and_the_rest_is_read() -> None:
    document = read("a: 1\na: 2\n<<: {}\n10: x\nb: .inf\nc: *d\ne: !f g\nh: ok\n")

    assert [problem.code for problem in document.problems] == [
        "duplicate-key",
        "merge-key",
        "key-not-text",
        "bad-number",
        "alias",
        "tag",
    ]
    assert document.at("a") == 1
    assert document.at("h") == "ok"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "none.yaml", "no such file"),
        (lambda folder: folder, "this is a folder, not a file"),
        (lambda folder: folder / "a.yaml" / "b.yaml", "cannot read this file: Not a directory"),
        (lambda _: "a\0b.yaml", "invalid file name"),
        (lambda folder: folder / ("n" * 300), "cannot read this file: File name too long"),
    ],
)
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, make: Any, message: str) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\n")
    with pytest.raises(DocumentError, match=message) as caught:
        read_bytes(make(tmp_path), "shown.yaml")
    (problem,) = caught.value.problems
    assert problem.code == "cannot-read"
    assert problem.where is not None
    assert problem.where.file == "shown.yaml"


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DocumentError, match="permission denied"):
        read_bytes(tmp_path / "a.yaml", "a.yaml")


def test_a_file_name_with_a_slip_gets_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "brightloom.yaml").write_text("a: 1\n")
    with pytest.raises(DocumentError) as caught:
        read_bytes(tmp_path / "brightlom.yaml", "brightlom.yaml")
    assert caught.value.problems[0].hint == 'did you mean "brightloom.yaml"?'
