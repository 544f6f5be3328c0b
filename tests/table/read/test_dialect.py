import csv
import io

import pytest
from hypothesis import given, strategies as st

from fitcheck.problems import DocumentError, UsageError
from fitcheck.table.read.dialect import DELIMITERS, sniff

TABLE = "id,stage\n1,größer\n2,vague\n"
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def test_plain_utf8_with_commas_needs_no_remark() -> None:
    assert sniff(TABLE.encode()).remarks == ()
    assert sniff(b"\xef\xbb\xbf" + TABLE.encode()).remarks == ()


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        (TABLE.encode("cp1252"), "read as cp1252 (Windows), because it is not UTF-8: use --encoding if that is wrong"),
        (b"\xff\xfe" + TABLE.encode("utf-16-le"), "read as UTF-16-LE, because of its first bytes"),
        (
            TABLE.encode("utf-16-be"),
            "read as UTF-16-BE, because every other byte is 0: use --encoding if that is wrong",
        ),
        (TABLE.encode() + b"3,\xff\n", "read as UTF-8, though some bytes are not: use --encoding if that is wrong"),
        (TABLE.replace(",", ";").encode(), "cells are separated by a semicolon"),
        (b"sep=^\nid^stage\n", 'cells are separated by "^", as the first line says'),
    ],
)
def test_whatever_else_is_chosen_is_said(data: bytes, remark: str) -> None:
    assert sniff(data).remarks == (remark,)


@given(st.integers(0, len(TABLE.encode())))
def test_a_sample_may_end_in_the_middle_of_a_character(end: int) -> None:
    assert sniff(TABLE.encode()[:end]).encoding == "utf-8"


@pytest.mark.parametrize("said", ["utf-8", "UTF8", "utf_8_sig", "U8"])
def test_utf8_under_any_name_takes_no_mark_for_a_cell(said: str) -> None:
    dialect = sniff(b"\xef\xbb\xbf" + TABLE.encode(), encoding=said)
    assert (dialect.encoding, dialect.bom) == ("utf-8", b"\xef\xbb\xbf")


@pytest.mark.parametrize("encoding", WIDE)
def test_a_wide_encoding_said_without_its_order_is_found_with_and_without_a_mark(encoding: str) -> None:
    data = TABLE.encode(encoding)
    mark = "\ufeff".encode(encoding)
    assert sniff(data, encoding=encoding[:6]).encoding == encoding
    assert sniff(mark + data, encoding=encoding[:6]) == sniff(mark + data, encoding=encoding)
    assert sniff(mark + data, encoding=encoding).bom == mark


def test_the_user_is_believed_even_against_the_mark_and_told_so() -> None:
    dialect = sniff(b"\xef\xbb\xbfid,a\n", encoding="cp1252")
    assert (dialect.encoding, dialect.bom) == ("cp1252", b"")
    assert dialect.remarks == ("this begins with the mark of UTF-8 and is read as cp1252, as --encoding says",)


def test_what_the_user_says_is_text_is_read_as_text() -> None:
    assert sniff(b"PK\x03\x04,b\n", encoding="latin-1").encoding == "iso8859-1"


@pytest.mark.parametrize(("said", "meant"), [("tab", "\t"), ("\\t", "\t"), ("Semicolon", ";"), ("!", "!"), ("ä", "ä")])
def test_a_delimiter_is_a_character_or_a_word_for_one(said: str, meant: str) -> None:
    assert sniff(TABLE.encode(), delimiter=said).delimiter == meant


@pytest.mark.parametrize("said", ["", ",,", '"', "\n", "\r", "\0", "comma "])
def test_what_is_no_delimiter_is_wrong_use(said: str) -> None:
    with pytest.raises(UsageError) as wrong:
        sniff(TABLE.encode(), delimiter=said)
    assert [problem.code for problem in wrong.value.problems] == ["bad-delimiter"]


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("utf-9", 'did you mean "utf-8"?'),
        *((other, "such as utf-8, utf-16,") for other in ("hex", "rot13", "idna", "", "a\0")),
    ],
)
def test_what_is_no_encoding_is_wrong_use(said: str, hint: str) -> None:
    with pytest.raises(UsageError) as wrong:
        sniff(TABLE.encode(), encoding=said)
    (problem,) = wrong.value.problems
    assert problem.code == "unknown-encoding"
    assert (problem.hint or "").startswith(hint)


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"PAR1", b"%PDF-1.4", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0\xa1"])
def test_what_is_no_text_is_refused_with_a_way_out(begin: bytes) -> None:
    with pytest.raises(DocumentError) as refused:
        sniff(begin + b"\0\1\2")
    (problem,) = refused.value.problems
    assert problem.code == "not-text"
    assert problem.hint


@pytest.mark.parametrize("zeros", [1, 2, 3])
def test_a_few_zeros_make_no_utf16(zeros: int) -> None:
    assert sniff(b"a,b\n1," + b"\0" * zeros + b"2\nlonger,line\n").encoding == "utf-8"


@given(
    st.sampled_from(DELIMITERS),
    st.lists(st.text("ab1", max_size=3), min_size=2, max_size=5),
    st.lists(st.text("ab" + DELIMITERS + '" \n', max_size=6), min_size=2, max_size=8),
)
def test_the_delimiter_of_the_writer_is_found_where_headers_hold_no_other(
    delimiter: str, header: list[str], words: list[str]
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for word in words:
        writer.writerow([word] * len(header))
    assert sniff(stream.getvalue().encode()).delimiter == delimiter


def test_a_megabyte_without_a_line_end_or_of_quotes_is_no_matter_of_time() -> None:
    assert sniff(b"a" * 1_000_000).delimiter == ","
    assert sniff(b'"' * 999_999).delimiter == ","


@pytest.mark.parametrize("mark", ['"', "\r", "\0"])
def test_a_first_line_can_not_say_that_cells_are_parted_by_what_ends_lines_or_quotes(mark: str) -> None:
    assert sniff(f"sep={mark}\r\nid,stage\r\n1,2\r\n".encode()).delimiter == ","
