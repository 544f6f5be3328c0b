import pytest

from fitcheck.documents.replies import Proposal, read_reply
from fitcheck.problems import DocumentError

ONE = '{"answers": [{"question": "deadline", "answer": "none_or_later", "quote": "no hard date"}]}'


def test_everything_that_is_written_arrives() -> None:
    text = ONE.replace('date"', 'date", "kind": "reported", "by": "the planner"')
    assert read_reply(text.encode(), "reply.json") == (
        Proposal("deadline", "none_or_later", "no hard date", "reported", "the planner"),
    )


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        f"```json\n{ONE}\n```",
        f"Here it is:\n\n```\n{ONE}\n```\nAnything else?",
        f"\ufeff{ONE}",
        ONE.replace("[", "[\r\n"),
    ],
)
@pytest.mark.parametrize("file", ["reply.json", "reply.md", "<stdin>"])
def test_a_reply_may_stand_in_a_fenced_block_whatever_its_file_is_called(text: str, file: str) -> None:
    assert read_reply(text.encode(), file) == (Proposal("deadline", "none_or_later", "no hard date"),)


def test_no_answers_are_a_reply() -> None:
    assert read_reply(b'{"answers": []}', "reply.json") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ONE.replace("quote", "qoute"), 'did you mean "quote"?'),
        (ONE.replace('date"', 'date", "kind": "guessed"'), "must be said, seen or reported"),
        (ONE.replace('"no hard date"', "3"), "must be text"),
        (ONE.replace(', "quote": "no hard date"', ""), '"quote" is missing'),
        ("[]", "a reply must be a mapping"),
        ("I can't answer this.", "not valid JSON"),
        ("", "empty"),
        ('{"answers": {}}', "must be a list"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_reply(text.encode(), "reply.json")
    assert told in str(caught.value)


def test_a_fault_in_a_fenced_block_is_on_its_line_of_the_file() -> None:
    with pytest.raises(DocumentError) as caught:
        read_reply(b'Here:\n\n```json\n{"answers": [}\n```\n', "reply.md")
    where = caught.value.problems[0].where
    assert where is not None
    assert (where.line, where.column) == (4, 14)
    assert caught.value.problems[0].excerpt == '{"answers": [}'
