"""
A corpus of damaged and awkward tables, each with what must come out of it, written down by hand.

The columns are questions of `strategies.worked_example`, so that an engine can score what is not damaged.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

H = ["id", "pain", "goal"]
ONE = ["1", "severe", "clear"]
TWO = ["2", "some", "vague"]
THREE = ["3", "none", "clear"]
LONG = "x" * 200_000
MANY = [*H, *(f"extra {i}" for i in range(4_997))]


@dataclass(frozen=True, slots=True)
class Case:
    """
    One table.

    Attributes:
        name: what is awkward about it.
        data: its bytes.
        rows: cells of every record that comes out right, by the physical line where it begins, from the header on.
        data_rows: how many rows an engine has to account for: neither header nor blank, footer or totals.
        rejected: the fault of every other record, by its physical line.
        blank: physical lines of blank records.
        left_out: physical lines among `rows` and `rejected` that are no prospects, and why.
        header: physical line of the header.
        width: of the header.
        refused: the code with which the whole table is refused.
    """

    name: str
    data: bytes
    rows: Mapping[int, list[str]]
    data_rows: int
    rejected: Mapping[int, str] = field(default_factory=dict)
    blank: tuple[int, ...] = ()
    left_out: Mapping[int, str] = field(default_factory=dict)
    header: int = 1
    width: int = 3
    suffix: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\n"
    refused: str | None = None


PLAIN = "id,pain,goal\n1,severe,clear\n2,some,vague\n"
RIGHT = {1: H, 2: ONE, 3: TWO}
UMLAUT = "id,pain,goal\n1,severe,größer\n2,some,vague\n"
UMLAUTS = {1: H, 2: ["1", "severe", "größer"], 3: TWO}


def encodings() -> list[Case]:
    """Byte order marks, encodings said and unsaid, bytes that are no text."""
    mixed = "id,pain,goal\n1,severe,größer\n".encode() + b"2,some,vag\xfce\n" + "3,none,schön\n".encode()
    return [
        Case("utf-8", UMLAUT.encode(), UMLAUTS, 2),
        Case("utf-8 mark", b"\xef\xbb\xbf" + UMLAUT.encode(), UMLAUTS, 2),
        Case("utf-8 mark, quoted header", b'\xef\xbb\xbf"id",pain,goal\n1,severe,clear\n', {1: H, 2: ONE}, 1),
        Case("utf-16 le mark", b"\xff\xfe" + UMLAUT.encode("utf-16-le"), UMLAUTS, 2, encoding="utf-16-le"),
        Case("utf-16 be mark", b"\xfe\xff" + UMLAUT.encode("utf-16-be"), UMLAUTS, 2, encoding="utf-16-be"),
        Case("utf-32 le mark", b"\xff\xfe\0\0" + UMLAUT.encode("utf-32-le"), UMLAUTS, 2, encoding="utf-32-le"),
        Case("utf-32 be mark", b"\0\0\xfe\xff" + UMLAUT.encode("utf-32-be"), UMLAUTS, 2, encoding="utf-32-be"),
        Case("utf-16 le, no mark", UMLAUT.encode("utf-16-le"), UMLAUTS, 2, encoding="utf-16-le"),
        Case("utf-16 be, no mark", UMLAUT.encode("utf-16-be"), UMLAUTS, 2, encoding="utf-16-be"),
        Case(
            "utf-16 le cut in a character",
            b"\xff\xfe" + UMLAUT.encode("utf-16-le")[:-3],
            {1: H, 2: ["1", "severe", "größer"]},
            2,
            {3: "undecodable"},
            encoding="utf-16-le",
        ),
        Case("cp1252", UMLAUT.encode("cp1252"), UMLAUTS, 2, encoding="cp1252"),
        Case(
            "cp1252 with a byte that it lacks",
            b"id,pain,goal\n1,sev\x81re,clear\n2,some,vague\n3,none,l\x92eau\n",
            {1: H, 3: TWO, 4: ["3", "none", "l’eau"]},
            3,
            {2: "undecodable"},
            encoding="cp1252",
        ),
        Case(
            "utf-8 with one byte that is not",
            mixed,
            {1: H, 2: ["1", "severe", "größer"], 4: ["3", "none", "schön"]},
            3,
            {3: "undecodable"},
        ),
        Case(
            "NUL in a cell", b"id,pain,goal\n1,sev\0re,clear\n2,some,vague\n", {1: H, 3: TWO}, 2, {2: "nul-character"}
        ),
        Case(
            "NUL in the second line of a quoted cell",
            b'id,pain,goal\n1,"a\n\0b",clear\n2,some,vague\n',
            {1: H, 4: TWO},
            2,
            {2: "nul-character"},
        ),
    ]


def delimiters() -> list[Case]:
    """Every delimiter, with another one inside the cells."""
    return [
        Case("commas", PLAIN.encode(), RIGHT, 2),
        Case("semicolons", PLAIN.replace(",", ";").encode(), RIGHT, 2, delimiter=";"),
        Case("tabs", PLAIN.replace(",", "\t").encode(), RIGHT, 2, delimiter="\t", suffix="tsv"),
        Case("bars", PLAIN.replace(",", "|").encode(), RIGHT, 2, delimiter="|"),
        Case(
            "semicolons, decimal commas",
            b"id;pain;Amount\n1;severe;1234,56\n2;some;7,5\n3;none;0,25\n",
            {
                1: ["id", "pain", "Amount"],
                2: ["1", "severe", "1234,56"],
                3: ["2", "some", "7,5"],
                4: ["3", "none", "0,25"],
            },
            3,
            delimiter=";",
        ),
        Case(
            "semicolons, decimal commas, a short row",
            b"id;pain;Amount\n1;severe;1234,56\n2;some\n3;7,5\n4;none;0,25\n",
            {1: ["id", "pain", "Amount"], 2: ["1", "severe", "1234,56"], 5: ["4", "none", "0,25"]},
            4,
            {3: "too-few-cells", 4: "too-few-cells"},
            delimiter=";",
        ),
        Case(
            "commas, lists parted by semicolons",
            b"id,pain,goal\n1,severe,a;b;c\n2,some,a;b;c\n",
            {1: H, 2: ["1", "severe", "a;b;c"], 3: ["2", "some", "a;b;c"]},
            2,
        ),
        Case(
            "comma inside quotes",
            b'id,pain,goal\n1,"a, b",clear\n2,some,vague\n',
            {1: H, 2: ["1", "a, b", "clear"], 3: TWO},
            2,
        ),
        Case("tab inside a cell", b"id,pain,goal\n1,a\tb,clear\n", {1: H, 2: ["1", "a\tb", "clear"]}, 1),
        Case("header only", b"id,pain,goal\n", {1: H}, 0),
        Case("header only, no line end", b"id,pain,goal", {1: H}, 0),
        Case("empty", b"", {}, 0),
        Case("only a mark", b"\xef\xbb\xbf", {}, 0),
        Case("blank lines only", b"\n\r\n  \n", {}, 0, blank=(1, 2, 3), line_end="\n"),
        Case("one column", b"pain\nsevere\nsome\n", {1: ["pain"], 2: ["severe"], 3: ["some"]}, 2, width=1),
        Case(
            "one column, a blank line",
            b"pain\nsevere\n\nsome\n",
            {1: ["pain"], 2: ["severe"], 4: ["some"]},
            2,
            blank=(3,),
            width=1,
        ),
        Case("a row of delimiters only", b"id,pain,goal\n,,\n1,severe,clear\n", {1: H, 2: ["", "", ""], 3: ONE}, 2),
        Case(
            "a row of tabs only",
            b"id\tpain\tgoal\n\t\t\n1\tsevere\tclear\n",
            {1: H, 2: ["", "", ""], 3: ONE},
            2,
            delimiter="\t",
            suffix="tsv",
        ),
        Case("leading spaces", b"id,pain,goal\n1, severe, clear\n", {1: H, 2: ["1", " severe", " clear"]}, 1),
        Case(
            "5,000 columns",
            (",".join(MANY) + "\n" + "a," * 4_999 + "z\n").encode(),
            {1: MANY, 2: [*["a"] * 4_999, "z"]},
            1,
            width=5_000,
        ),
        Case(
            "a cell of 200,000 characters",
            f"id,pain,goal\n1,severe,{LONG}\n2,some,vague\n".encode(),
            {1: H, 2: ["1", "severe", LONG], 3: TWO},
            2,
        ),
        Case(
            "a quoted cell of 200,000 characters",
            f'id,pain,goal\n1,"{LONG}",x\n2,some,vague\n'.encode(),
            {1: H, 2: ["1", LONG, "x"], 3: TWO},
            2,
        ),
    ]


def quotes() -> list[Case]:
    """Quotes that are right, and every way of getting them wrong."""
    return [
        Case("all quoted", b'"id","pain","goal"\n"1","severe","clear"\n', {1: H, 2: ONE}, 1),
        Case(
            "quoted LF", b'id,pain,goal\n1,"a\nb",clear\n2,some,vague\n', {1: H, 2: ["1", "a\nb", "clear"], 4: TWO}, 2
        ),
        Case(
            "quoted CRLF",
            b'id,pain,goal\r\n1,"a\r\nb",clear\r\n2,some,vague\r\n',
            {1: H, 2: ["1", "a\r\nb", "clear"], 4: TWO},
            2,
            line_end="\r\n",
        ),
        Case(
            "two quoted cells over four lines",
            b'id,pain,goal\n1,"a\n\nb","c\nd"\n2,some,vague\n',
            {1: H, 2: ["1", "a\n\nb", "c\nd"], 6: TWO},
            2,
        ),
        Case("line end in the header", b'id,"pa\nin",goal\n1,severe,clear\n', {1: ["id", "pa\nin", "goal"], 3: ONE}, 1),
        Case("quotes written twice", b'id,pain,goal\n1,"say ""no""",""""\n', {1: H, 2: ["1", 'say "no"', '"']}, 1),
        Case("empty quotes", b'id,pain,goal\n1,"",""\n"","",""\n', {1: H, 2: ["1", "", ""], 3: ["", "", ""]}, 2),
        Case(
            "quote inside a cell",
            b'id,pain,goal\n1,5" pipe,clear\n2,some,vague\n',
            {1: H, 3: TWO},
            2,
            {2: "lone-quote"},
        ),
        Case(
            "quote at the end of a cell",
            b'id,pain,goal\n1,severe",clear\n2,some,vague\n',
            {1: H, 3: TWO},
            2,
            {2: "lone-quote"},
        ),
        Case(
            "never closed, first row",
            b'id,pain,goal\n1,"severe,clear\n2,some,vague\n',
            {1: H, 3: TWO},
            2,
            {2: "open-quote"},
        ),
        Case(
            "never closed, in the middle of quoted rows",
            b'id,pain,goal\n"1","severe","clear"\n"2","some,"vague"\n"3","none","clear"\n',
            {1: H, 2: ONE, 4: THREE},
            3,
            {3: "text-after-quote"},
        ),
        Case(
            "never closed, last cell, among quoted rows",
            b'id,pain,goal\n1,severe,"clear\n2,"some",vague\n3,"none","clear"\n',
            {1: H, 3: TWO, 4: THREE},
            3,
            {2: "open-quote"},
        ),
        Case(
            "never closed, last row",
            b'id,pain,goal\n1,severe,clear\n2,some,"vague\n',
            {1: H, 2: ONE},
            2,
            {3: "open-quote"},
        ),
        Case(
            "never closed, last row, no line end",
            b'id,pain,goal\n1,severe,clear\n2,some,"vague',
            {1: H, 2: ONE},
            2,
            {3: "open-quote"},
        ),
        Case(
            "never closed in the header",
            b'id,"pain,goal\n1,severe,clear\n2,some,vague\n',
            {2: ONE, 3: TWO},
            2,
            {1: "open-quote"},
        ),
        Case(
            "never closed, over 100 rows before the next quote",
            ('id,pain,goal\n1,"severe,clear\n' + "2,some,vague\n" * 150 + '3,"none","clear"\n').encode(),
            {1: H, **dict.fromkeys(range(3, 153), TWO), 153: THREE},
            152,
            {2: "open-quote"},
        ),
        Case(
            "closed, but of two columns",
            b'id,pain,goal\n1,"a\nb"\n2,some,vague\n',
            {1: H, 4: TWO},
            3,
            {2: "too-few-cells", 3: "lone-quote"},
        ),
        Case(
            "text after a quote",
            b'id,pain,goal\n1,"severe"x,clear\n2,some,vague\n',
            {1: H, 3: TWO},
            2,
            {2: "text-after-quote"},
        ),
        Case(
            "blanks around quotes",
            b'id,pain,goal\n1, "severe" ,clear\n2,"some" ,vague\n3,none,clear\n',
            {1: H, 4: THREE},
            3,
            {2: "lone-quote", 3: "text-after-quote"},
        ),
        Case(
            "backslash before a quote",
            b'id,pain,goal\n1,"say \\"no\\"",clear\n2,some,vague\n',
            {1: H, 3: TWO},
            2,
            {2: "text-after-quote"},
        ),
        Case(
            "a lone quote is all of the last cell",
            b'id,pain,goal\n1,severe,"\n2,some,vague\n',
            {1: H, 3: TWO},
            2,
            {2: "open-quote"},
        ),
        Case("one quote is all of a line", b'id,pain,goal\n"\n2,some,vague\n', {1: H, 3: TWO}, 2, {2: "open-quote"}),
    ]


def widths() -> list[Case]:
    """Too few cells, too many, blank lines, line ends."""
    odd = "id,pain,goal\n1,a\u2028b\u0085c,d\x0be\x0cf\x1cg\n2,some,vague\n"
    return [
        Case("too few cells", b"id,pain,goal\n1,severe\n2,some,vague\n", {1: H, 3: TWO}, 2, {2: "too-few-cells"}),
        Case("one cell only", b"id,pain,goal\n1\n2,some,vague\n", {1: H, 3: TWO}, 2, {2: "too-few-cells"}),
        Case(
            "too many cells",
            b"id,pain,goal\n1,severe,clear,x\n2,some,vague\n",
            {1: H, 3: TWO},
            2,
            {2: "too-many-cells"},
        ),
        Case(
            "an extra empty cell",
            b"id,pain,goal\n1,severe,clear,\n2,some,vague\n",
            {1: H, 3: TWO},
            2,
            {2: "too-many-cells"},
        ),
        Case(
            "a delimiter in front",
            b"id,pain,goal\n,1,severe,clear\n2,some,vague\n",
            {1: H, 3: TWO},
            2,
            {2: "too-many-cells"},
        ),
        Case("only the last row is too wide", PLAIN.encode() + b"3,none,clear,x\n", RIGHT, 3, {4: "too-many-cells"}),
        Case(
            "a delimiter ends every line", b"id,pain,goal,\n1,severe,clear,\n", {1: [*H, ""], 2: [*ONE, ""]}, 1, width=4
        ),
        Case(
            "a delimiter ends every row, not the header",
            b"id,pain,goal\n1,severe,clear,\n2,some,vague,\n",
            {1: H},
            2,
            {2: "too-many-cells", 3: "too-many-cells"},
        ),
        Case(
            "two rows in one line",
            b"id,pain,goal\n1,severe,clear2,some,vague\n3,none,clear\n",
            {1: H, 3: THREE},
            2,
            {2: "too-many-cells"},
        ),
        Case(
            "one row in two lines",
            b"id,pain,goal\n1,sev\nere,clear\n2,some,vague\n",
            {1: H, 4: TWO},
            3,
            {2: "too-few-cells", 3: "too-few-cells"},
        ),
        Case(
            "blank lines",
            b"\nid,pain,goal\n\n1,severe,clear\n\n\n2,some,vague\n\n",
            {2: H, 4: ONE, 7: TWO},
            2,
            blank=(3, 5, 6, 8),
            header=2,
        ),
        Case("lines of blanks", b"id,pain,goal\n   \n1,severe,clear\n \t \n", {1: H, 3: ONE}, 1, blank=(2, 4)),
        Case("CRLF", PLAIN.replace("\n", "\r\n").encode(), RIGHT, 2, line_end="\r\n"),
        Case("CR only", PLAIN.replace("\n", "\r").encode(), RIGHT, 2, line_end="\r"),
        Case(
            "CR between rows, LF inside a cell",
            b'id,pain,goal\r1,"a\nb",clear\r2,some,vague\r',
            {1: H, 2: ["1", "a\nb", "clear"], 4: TWO},
            2,
            line_end="\r",
        ),
        Case("CRLF and LF mixed", b"id,pain,goal\r\n1,severe,clear\n2,some,vague\r\n", RIGHT, 2, line_end="\r\n"),
        Case(
            "a lone CR inside a cell",
            b"id,pain,goal\n1,a\rb,clear\n2,some,vague\n",
            {1: H, 2: ["1", "a\rb", "clear"], 3: TWO},
            2,
        ),
        Case(
            "a lone CR between two rows of LF",
            b"id,pain,goal\n1,severe,clear\r2,some,vague\n3,none,clear\n",
            {1: H, 3: THREE},
            2,
            {2: "too-many-cells"},
        ),
        Case("no last line end", PLAIN[:-1].encode(), RIGHT, 2),
        Case("cut in the middle of a row", PLAIN[:-8].encode(), {1: H, 2: ONE}, 2, {3: "too-few-cells"}),
        Case(
            "unusual line ends inside cells",
            odd.encode(),
            {1: H, 2: ["1", "a\u2028b\u0085c", "d\x0be\x0cf\x1cg"], 3: TWO},
            2,
        ),
    ]


def headers() -> list[Case]:
    """Headers that are not on line 1, blank or double ones, and what reports add."""
    private = b'"Confidential Information - Do Not Distribute"\n'
    foot = private + b'"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
    report = b'"id","pain","goal"\n"1","severe","clear"\n\n"Grand Totals (1 records)","",""\n\n' + foot
    return [
        Case("title line", b"Open deals\nid,pain,goal\n1,severe,clear\n", {2: H, 3: ONE}, 1, header=2),
        Case(
            "title, blank, group row",
            b"Open deals\n\nAbout,Answers,\nid,pain,goal\n1,severe,clear\n",
            {4: H, 5: ONE},
            1,
            header=4,
        ),
        Case("group row", b"About,Answers,\nid,pain,goal\n1,severe,clear\n", {2: H, 3: ONE}, 1, header=2),
        Case("sep line", b"sep=;\nid;pain;goal\n1;severe;clear\n", {2: H, 3: ONE}, 1, header=2, delimiter=";"),
        Case(
            "sep line with a delimiter of its own",
            b"sep=!\r\nid!pain!goal\r\n1!a,b!c;d\r\n",
            {2: H, 3: ["1", "a,b", "c;d"]},
            1,
            header=2,
            delimiter="!",
            line_end="\r\n",
        ),
        Case(
            "blank and double headers",
            b"id,,pain,pain,\n1,a,severe,some,b\n",
            {1: ["id", "", "pain", "pain", ""], 2: ["1", "a", "severe", "some", "b"]},
            1,
            width=5,
        ),
        Case(
            "header again in the middle",
            PLAIN.encode() + b"id,pain,goal\n3,none,clear\n",
            {**RIGHT, 4: H, 5: THREE},
            3,
            left_out={4: "repeated header"},
        ),
        Case(
            "report with totals and footers",
            report,
            {1: H, 2: ONE, 4: ["Grand Totals (1 records)", "", ""]},
            1,
            {6: "too-few-cells", 7: "too-few-cells"},
            (3, 5),
            {4: "totals", 6: "footer", 7: "footer"},
        ),
        Case(
            "prospects that look like totals and comments",
            b"id,pain,goal\nTotal Energies,severe,clear\n#1 Plumbing,some,vague\nSum,none,clear\n",
            {
                1: H,
                2: ["Total Energies", "severe", "clear"],
                3: ["#1 Plumbing", "some", "vague"],
                4: ["Sum", "none", "clear"],
            },
            3,
        ),
        Case(
            "words that others take for nothing",
            b"id,pain,goal\nNULL,NA,None\nnan,null,N/A\n",
            {1: H, 2: ["NULL", "NA", "None"], 3: ["nan", "null", "N/A"]},
            2,
        ),
        Case(
            "ids with zeros and 18 digits, formulas, days",
            b"id,pain,goal\n007,=1+1,01-May\n003A0000012345678901,+5,2026-05-01\n123456789012345678,-,1e5\n",
            {
                1: H,
                2: ["007", "=1+1", "01-May"],
                3: ["003A0000012345678901", "+5", "2026-05-01"],
                4: ["123456789012345678", "-", "1e5"],
            },
            3,
        ),
    ]


def json_lines() -> list[Case]:
    """JSON Lines; `rows` has no header."""
    good = '{"id": "1", "pain": "severe", "goal": "clear"}\n'

    def case(name: str, line: str, rows: Mapping[int, list[str]], data_rows: int, code: str | None = None) -> Case:
        rejected = {2: code} if code else {}
        return Case(
            name, (good + line + "\n").encode(), {1: ONE, **rows}, data_rows, rejected, header=0, suffix="jsonl"
        )

    return [
        case("json", '{"goal": "vague", "id": "2", "pain": "some"}', {2: TWO}, 2),
        case("json null, missing, true, number", '{"id": 1.50, "pain": null}', {2: ["1.50", "", ""]}, 2),
        case(
            "json flags and digits",
            '{"id": 123456789012345678901, "pain": true, "goal": -0.10}',
            {2: ["123456789012345678901", "true", "-0.10"]},
            2,
        ),
        case("json cut", '{"id": "2", "pain": "so', {}, 2, "broken-json"),
        case("json key twice", '{"id": "2", "pain": "some", "pain": "none"}', {}, 2, "duplicate-key"),
        case("json nested", '{"id": "2", "pain": ["some"]}', {}, 2, "nested-value"),
        case("json object nested", '{"id": "2", "pain": {"is": "some"}}', {}, 2, "nested-value"),
        case("json NaN", '{"id": NaN, "pain": "some"}', {}, 2, "not-a-number"),
        case("json list", '["2", "some"]', {}, 2, "not-an-object"),
        case("json with a lone surrogate", r'{"id": "2", "pain": "\ud800"}', {}, 2, "undecodable"),
        case("json with text behind", '{"id": "2"} x', {}, 2, "broken-json"),
        case("json nested too deeply", '{"id":' + "[" * 100_000, {}, 2, "broken-json"),
        Case(
            "json blank line", (good + "\n" + good).encode(), {1: ONE, 3: ONE}, 2, blank=(2,), header=0, suffix="jsonl"
        ),
        Case("json in one list", json.dumps([{"id": "1"}]).encode(), {}, 0, suffix="jsonl", refused="not-json-lines"),
        Case("json mark", b"\xef\xbb\xbf" + good.encode(), {1: ONE}, 1, header=0, suffix="jsonl"),
    ]


def no_text() -> list[Case]:
    """Spreadsheets and Parquet, whole and cut, and what is no table at all."""
    one = sheet({"Deals": [H, ["1", "severe", "clear"], [None, None, None], [2, 12.5, True]]})
    two = sheet({"Deals": [H, ["1", "severe", "clear"]], "Old": [["x"], ["y"]]})
    low = sheet({"Deals": [["Open deals"], [], H, ["007", "severe", "clear"]]})
    packed = parquet({"id": ["1", "2"], "pain": ["severe", None], "goal": [1.0, 2.5]})
    lists = parquet({"id": ["1", "2"], "pain": [["severe"], None], "goal": ["clear", "vague"]})
    cells = {1: ["1", "severe", "1"], 2: ["2", "", "2.5"]}
    return [
        Case("sheet", one, {1: H, 2: ONE, 4: ["2", "12.5", "true"]}, 2, blank=(3,), suffix="xlsx"),
        Case("two sheets", two, {1: H, 2: ONE}, 1, suffix="xlsx"),
        Case("sheet with a title", low, {3: H, 4: ["007", "severe", "clear"]}, 1, header=3, suffix="xlsx"),
        Case("sheet cut", one[: len(one) // 2], {}, 0, suffix="xlsx", refused="cannot-read"),
        Case("sheet of zeros", bytes(500), {}, 0, suffix="xlsx", refused="cannot-read"),
        Case("parquet", packed, cells, 2, header=0, suffix="parquet"),
        Case("parquet with a list", lists, {2: ["2", "", "vague"]}, 2, {1: "nested-value"}, header=0, suffix="parquet"),
        Case("parquet cut", packed[: len(packed) // 2], {}, 0, suffix="parquet", refused="cannot-read"),
        Case("parquet, empty file", b"", {}, 0, suffix="parquet", refused="cannot-read"),
        Case("sheet called csv", one, {}, 0, refused="not-text"),
        Case("parquet called csv", packed, {}, 0, refused="not-text"),
        Case("gzip called csv", b"\x1f\x8b\x08\0\0\0", {}, 0, refused="not-text"),
        Case("PDF called csv", b"%PDF-1.7\n", {}, 0, refused="not-text"),
    ]


def sheet(sheets: Mapping[str, list[list[Any]]]) -> bytes:
    """Return a spreadsheet with these sheets."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types; an extra

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def parquet(columns: Mapping[str, list[Any]]) -> bytes:
    """Return a Parquet file with these columns."""
    import polars  # noqa: PLC0415, ICN001 - an extra

    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        polars.DataFrame(columns).write_parquet(path)
        return path.read_bytes()


def corpus() -> list[Case]:
    """Return every case."""
    return [*encodings(), *delimiters(), *quotes(), *widths(), *headers(), *json_lines(), *no_text()]


REFUSED = {
    "empty": "no-header",
    "only a mark": "no-header",
    "blank lines only": "no-header",
    "never closed in the header": "no-header",
    "blank and double headers": "two-columns",
}
"""Tables that the worked example can't be answered from, and the code that says so."""


def tables() -> list[Case]:
    """Return the cases whose rows the worked example can be asked of."""
    return [case for case in corpus() if not case.refused and case.name not in REFUSED]
