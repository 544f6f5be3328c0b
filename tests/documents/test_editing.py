"""A value put into a text is there afterwards, and nothing else of the text has changed."""

import pytest
from hypothesis import assume, given, settings, strategies as st

from fitcheck.documents.editing import with_value
from fitcheck.documents.source import parse
from fitcheck.problems import DocumentError

WORDS = st.sampled_from(["unknown", "named", '"in quotes: #"', "'single'", "n/a", "{answer: unknown, by: me}", "~", ""])
NAMES = st.sampled_from(["deadline", "sponsor", "fallback", "named_users"])
REMARKS = st.sampled_from(["", "  # a remark", "   "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Prospect files as people write them."""
    end, indent = draw(st.sampled_from(["\n", "\r\n"])), " " * draw(st.integers(1, 4))
    answers = draw(st.dictionaries(NAMES, WORDS, max_size=4))
    way = draw(st.sampled_from(["block", "braces", "none"]))
    lines = ["# first", f"prospect: Brightloom é{draw(REMARKS)}", ""]
    if way == "block":
        lines += [f"answers:{draw(REMARKS)}", *([""] * draw(st.integers(0, 1))), f"{indent}# of the first call"]
        lines += [f"{indent}{name}: {word}{draw(REMARKS)}" for name, word in answers.items()]
    elif way == "braces":
        given = {name: word for name, word in answers.items() if word}
        lines.append(f"answers: {{{', '.join(f'{name}: {word}' for name, word in given.items())}}}{draw(REMARKS)}")
    lines += draw(st.sampled_from([[], ["deal: {value: 30000}"], ["# last"]]))
    return end.join(lines) + draw(st.sampled_from([end, ""]))


@given(
    texts(),
    st.one_of(st.tuples(st.just("answers"), NAMES), st.just(("id",)), st.just(("prospect",))),
    st.sampled_from(["within_a_year", '{answer: named, evidence: "they said: \\"yes\\" # really"}', '"ü"']),
)
@settings(max_examples=1000)
def test_the_value_is_there_and_every_other_line_is_as_it_was(text: str, path: tuple[str, ...], written: str) -> None:
    before = parse(text.encode(), "a.yaml")
    mapping = isinstance(before.at(*path), dict)
    assume(not mapping)
    after = with_value(text, "a.yaml", path, written)
    assert parse(after.encode(), "a.yaml").at(*path) == parse(f"x: {written}".encode(), "x.yaml").at("x")
    old, new = text.splitlines(), after.splitlines()
    kept = [line for line in old if line in new]
    assert len(old) - len(kept) <= 1  # the line that the value stands on
    remarks = [line.partition("#")[2] for line in old if "#" in line and "{" not in line and '"' not in line]
    assert all(any(line.endswith(remark) for line in new) for remark in remarks)


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("answers:\n  a: unknown # ?\n", ("answers", "a"), "answers:\n  a: X # ?\n"),
        ("answers:\n  a: unknown\n", ("answers", "b"), "answers:\n  b: X\n  a: unknown\n"),
        ("answers: {a: unknown}\n", ("answers", "b"), "answers: {b: X, a: unknown}\n"),
        ("answers: {}\n", ("answers", "b"), "answers: {b: X}\n"),
        ("answers:\nid: z\n", ("answers", "b"), "answers:\n  b: X\nid: z\n"),
        ("answers: ~\n", ("answers", "b"), "answers: {b: X}\n"),
        ("id: z", ("answers", "b"), "id: z\nanswers:\n  b: X\n"),
        ("answers:\n  a:\n", ("answers", "a"), "answers:\n  a: X\n"),
        (
            "answers:\n  a: {answer: unknown, by: me}\n",
            ("answers", "a", "answer"),
            "answers:\n  a: {answer: X, by: me}\n",
        ),
        (
            "answers:\n  a:\n    answer: unknown\n",
            ("answers", "a", "by"),
            "answers:\n  a:\n    by: X\n    answer: unknown\n",
        ),
        ("id: z\r\n", ("prospect",), "id: z\r\nprospect: X\r\n"),
    ],
)
def test_a_value_is_put_where_a_person_would_put_it(text: str, path: tuple[str, ...], after: str) -> None:
    assert with_value(text, "a.yaml", path, "X") == after


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("answers:\n  a: |\n    long\n    text\n", ("answers", "a")),
        ("answers:\n  a: one\n    two\n", ("answers", "a")),
        ("answers: [a, b]\n", ("answers", "a")),
        ("answers: word\n", ("answers", "a")),
        ("answers: {\n  # nothing\n}\n", ("answers", "a", "by")),
        ("[a]\n", ("prospect",)),
    ],
)
def test_what_cannot_be_changed_is_refused_with_what_to_write(text: str, path: tuple[str, ...]) -> None:
    with pytest.raises(DocumentError, match=f"{path[-1]} can't be put into this file") as caught:
        with_value(text, "a.yaml", path, "X")
    assert caught.value.problems[0].hint == f"write it there yourself: {path[-1]}: X"
