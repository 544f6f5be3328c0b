import re
from pathlib import Path

import pytest

from fitcheck.documents.any_content import load_any
from fitcheck.documents.mappings import load_mapping
from fitcheck.documents.prospects import Questionnaire
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen
from fitcheck.folding import folded_header
from fitcheck.mapping import Bands, Column, ColumnMapping
from fitcheck.problems import DocumentError, UsageError

PILOT = Questionnaire.of(load_screen("pilot"))
ROOT = Path(__file__).parents[2]
LEAST = "mapping: ours\nversion: 1\ntitle: T\nabout: A\n"
EVERYTHING = """\
mapping: ours
version: 3
title: Our sheet
about: As kept by hand.
decimal: ","
currency: EUR
zero_is_unknown: true
unknown: ["--", "Not asked"]
columns:
  "№": {field: id}
  Who signs?:
    question: who_decides
    values:
      "Has met us": signer_met_us
      "No": unknown
  "Angelegt  am": leave
"""


def written(folder: Path, text: str, name: str = "ours.yaml") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_everything_that_is_written_arrives(tmp_path: Path) -> None:
    assert load_mapping(written(tmp_path, EVERYTHING), PILOT) == ColumnMapping(
        id="ours",
        version=3,
        title="Our sheet",
        about="As kept by hand.",
        columns=(
            Column("№", field="id"),
            Column("Who signs?", "who_decides", values={"Has met us": "signer_met_us", "No": "unknown"}),
            Column("Angelegt  am"),
        ),
        unknown=("--", "Not asked"),
        decimal=",",
        currency="EUR",
        zero_is_unknown=True,
    )


def test_what_is_left_out_is_not_invented(tmp_path: Path) -> None:
    text = f"{LEAST}unknown:\ncolumns:\n  U:\n    question: who_decides\n    values:\n"
    found = load_mapping(written(tmp_path, text), PILOT)
    assert (found.unknown, found.decimal, found.currency, found.zero_is_unknown) == ((), None, None, False)
    assert found.columns == (Column("U", "who_decides"),)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = f"{LEAST}decimal: ;\ncolumns:\n  U: {{question: who_decide}}\n  u: {{field: x}}\n"
    with pytest.raises(DocumentError) as caught:
        load_mapping(written(tmp_path, text), PILOT)
    assert [problem.code for problem in caught.value.problems] == [
        "unknown-word",
        "unknown-question",
        "duplicate-header",
        "unknown-word",
    ]


def test_ids_are_checked_only_against_a_screen_that_is_given(tmp_path: Path) -> None:
    file = written(tmp_path, EVERYTHING.replace("signer_met_us", "whoever"))
    assert load_mapping(file).columns[1].values["Has met us"] == "whoever"
    with pytest.raises(DocumentError, match='"who_decides" has no option "whoever"'):
        load_mapping(file, PILOT)


def test_one_mapping_may_serve_several_screens(tmp_path: Path) -> None:
    file = written(tmp_path, EVERYTHING)
    bant = Questionnaire.of(load_screen("bant"))
    assert "who_decides" not in bant.options
    assert load_mapping(file, bant) == load_mapping(file, PILOT)


def test_an_unknown_name_gets_the_nearest_one() -> None:
    with pytest.raises(UsageError) as caught:
        load_mapping("hubpsot")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("unknown-mapping", 'did you mean "hubspot"?')


def test_a_mapping_is_no_rubric() -> None:
    with pytest.raises(DocumentError) as caught:
        load_any(str(ROOT / "rubrics/mappings/hubspot.yaml"))
    assert [problem.code for problem in caught.value.problems] == ["wrong-kind"]


@pytest.mark.parametrize("name", names("mapping"))
@pytest.mark.parametrize("screen", names("screen"))
def test_built_in_mappings_are_sound_for_every_screen_and_say_what_a_deal_is(name: str, screen: str) -> None:
    found = load_mapping(name, Questionnaire.of(load_screen(screen)))
    assert {"id", "name", "value", "currency", "owner", "stage"} <= {column.field for column in found.columns}
    assert all(column.question is None for column in found.columns)


@pytest.mark.parametrize("name", names("mapping"))
def test_the_example_of_a_built_in_mapping_is_sound_once_its_marks_are_taken_away(name: str, tmp_path: Path) -> None:
    text = (ROOT / f"rubrics/mappings/{name}.yaml").read_text(encoding="utf-8")
    head, mark, example = text.rpartition("  # A ")
    remark, _, lines = example.partition("\n")
    assert mark
    assert "answers a question" in remark
    own = written(tmp_path, head + re.sub(r"^  # ", "  ", lines, flags=re.MULTILINE), f"{name}.yaml")
    column = load_mapping(own, PILOT).columns[-1]
    assert column.question == "who_decides"
    assert len(column.values) >= 2


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("hubspot", "Record ID, Deal Name, Deal Stage, Pipeline, Amount, Close Date, Create Date, Deal owner"),
        ("hubspot", "Is Closed Won, Is closed lost, Associated Company (Primary), Associated Company IDs (Primary)"),
        ("hubspot", "Last Activity Date, Associated Company, Date entered stage, Original Source, Forecast category"),
        ("hubspot", "Nombre del negocio, Etapa del negocio"),
        ("salesforce", "Opportunity ID, Opportunity Name, Account Name, Stage, Amount, Close Date, Probability, Owner"),
        ("salesforce", "Next Step, Opportunity Owner, Expected Revenue, Probability (%), Lead Source, Type"),
        ("salesforce", "Forecast Category, Id, Name, StageName, CloseDate, AccountId, OwnerId, ISDELETED, ISCLOSED"),
        ("salesforce", "ISWON, Total Amount Currency, Total Amount"),
        ("pipedrive", "Deal - Title, Deal - Value, Deal - Currency of value, Deal - Stage (pipeline), Deal - Status"),
        ("pipedrive", "Deal - Probability, Deal - Expected close date, Deal - Owner, Deal - Lost reason"),
        ("pipedrive", "Organization, Contact person"),
        ("dynamics", "(Do Not Modify) Opportunity, (Do Not Modify) Row Checksum, (Do Not Modify) Modified On, Topic"),
    ],
)
def test_headers_that_were_seen_in_exports_are_known(name: str, headers: str) -> None:
    known = {folded_header(column.header) for column in load_mapping(name).columns}
    assert [header for header in headers.split(", ") if folded_header(header) not in known] == []


def test_bands_name_the_highest_figure_of_each_option(tmp_path: Path) -> None:
    text = (
        f"{LEAST}dates: day first\ncolumns:\n  Live:\n    question: deadline\n"
        "    days: {none_or_later: more, up_to_six_months: 183, up_to_two_months: 61}\n"
    )
    [column] = load_mapping(written(tmp_path, text), PILOT).columns
    steps = ((61, "up_to_two_months"), (183, "up_to_six_months"))
    assert column.bands == Bands(steps, "none_or_later", of_days=True, order="day first")


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("{days: {none_or_later: more}}", "values-without-question"),
        ("{question: visits, numbers: {remote: 0, one_or_two: 0}}", "bad-band"),
        ("{question: visits, numbers: {remote: few}}", "bad-band"),
        ("{question: visits, numbers: {remote: 0}, days: {one_or_two: 2}}", "two-meanings"),
        ("{question: visits, numbers: {often: 9}}", "unknown-option"),
    ],
)
def test_bands_that_say_nothing_sound_are_refused(tmp_path: Path, column: str, code: str) -> None:
    with pytest.raises(DocumentError) as error:
        load_mapping(written(tmp_path, f"{LEAST}columns:\n  X: {column}\n"), PILOT)
    assert [problem.code for problem in error.value.problems] == [code]
