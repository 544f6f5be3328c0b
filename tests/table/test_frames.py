"""Frames of every library say what `fitcheck batch` says, and stay the user's own."""

import datetime as dt
import enum
import gc
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from strategies import worked_example
from table.frame_tables import TextTable, expected, names_of, score_table, text_tables

import fitcheck
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.mapping import Bands, Column, ColumnMapping
from fitcheck.problems import DocumentError, UsageError
from fitcheck.table import frame_scoring
from fitcheck.table.frame_scoring import cell_text

duckdb = pytest.importorskip("duckdb")
nw = pytest.importorskip("narwhals.stable.v2")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

Columns = dict[str, list[Any]]


class Backend(NamedTuple):
    """How a frame is made of texts, and taken apart."""

    make: Callable[[Columns], Any]
    take: Callable[[Any], Columns]


def polars_frame(columns: Columns) -> Any:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def polars_pieces(columns: Columns) -> Any:
    """A lazy frame that comes in batches of one row."""
    frame = polars_frame(columns)
    return pl.concat([frame[i : i + 1] for i in range(max(1, len(frame)))], rechunk=False).lazy()


def arrow_table(columns: Columns) -> Any:
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def arrow_pieces(columns: Columns) -> Any:
    whole = arrow_table(columns)
    return pa.Table.from_batches(whole.to_batches(max_chunksize=2), whole.schema)


def pandas_frame(columns: Columns) -> Any:
    return pd.DataFrame(columns, dtype="str")


def duck_relation(columns: Columns) -> Any:
    return duckdb.connect().from_arrow(arrow_table(columns))


def out_of_pandas(frame: Any) -> Columns:
    return {name: [None if pd.isna(value) else value for value in frame[name]] for name in frame.columns}


BACKENDS = {
    "polars": Backend(polars_frame, lambda frame: frame.to_dict(as_series=False)),
    "polars lazy": Backend(
        lambda columns: polars_frame(columns).lazy(),
        lambda frame: frame.collect(engine="in-memory").to_dict(as_series=False),
    ),
    "polars streaming": Backend(
        polars_pieces, lambda frame: frame.collect(engine="streaming").to_dict(as_series=False)
    ),
    "pandas": Backend(pandas_frame, out_of_pandas),
    "pandas objects": Backend(lambda columns: pd.DataFrame(columns, dtype=object), out_of_pandas),
    "pyarrow": Backend(arrow_pieces, lambda frame: frame.to_pydict()),
    "duckdb": Backend(duck_relation, lambda relation: relation.to_arrow_table().to_pydict()),
}


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> Backend:
    return BACKENDS[request.param]


@pytest.mark.parametrize("name", BACKENDS)
@pytest.mark.parametrize("rows", [3, 10_000])
def test_every_row_of_every_frame_is_the_row_of_the_command(
    name: str, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_scoring, "ROWS", rows)
    make, take = BACKENDS[name]

    @given(text_tables())
    @settings(max_examples=60)
    def check(table: TextTable) -> None:
        found = take(score_table(make(table.columns), table))
        assert list(found) == [*table.header, *names_of(table.situation.screen)]
        assert {column: found[column] for column in table.header} == table.columns
        assert {column: found[column] for column in names_of(table.situation.screen)} == expected(table)

    check()


WORKED = worked_example().screen
ANSWERS: Columns = {"pain": ["severe", "none", "grave"], "goal": ["clear", None, "clear"]}


def make_and_score(backend: Backend, cells: Columns, screen: Screen = WORKED, **options: Any) -> Columns:
    return backend.take(fitcheck.score_frame(backend.make(cells), screen, **options))


def test_a_rejected_row_stays_and_has_nothing_but_its_problems(backend: Backend) -> None:
    found = make_and_score(backend, ANSWERS, columns=["verdict", "fit_score"])
    assert list(found) == ["pain", "goal", "fit_verdict", "fit_score", "fit_problems"]
    assert found["pain"] == ANSWERS["pain"]
    assert found["fit_verdict"][2] is None
    assert found["fit_score"][2] is None
    assert found["fit_problems"][:2] == [None, None]
    assert '"pain" has no option "grave"' in found["fit_problems"][2]


def test_a_bad_answer_may_count_as_unknown(backend: Backend) -> None:
    found = make_and_score(backend, {"id": ["1", "2"], "pain": ["grave", ""]}, bad_answers="unknown")
    assert found["fit_problems"] == [None, None]
    assert found["fit_score"][0] == found["fit_score"][1]


def test_scoring_again_replaces_the_columns_of_the_earlier_run(backend: Backend) -> None:
    once = fitcheck.score_frame(backend.make({**ANSWERS, "fit_row": ["7", "8", "9"]}), WORKED)
    twice = fitcheck.score_frame(once, WORKED, columns=["verdict"])
    assert list(backend.take(twice)) == ["pain", "goal", "fit_verdict", "fit_problems"]
    again = backend.take(fitcheck.score_frame(twice, WORKED))
    assert again == make_and_score(backend, ANSWERS)
    assert list(again) == ["pain", "goal", *names_of(WORKED)]


def test_a_frame_without_rows_gets_the_same_columns(backend: Backend) -> None:
    found = make_and_score(backend, {"pain": []})
    assert found == {"pain": [], **{name: [] for name in names_of(WORKED)}}


def test_rows_that_a_table_would_leave_out_stay_and_say_so(backend: Backend) -> None:
    rows: Columns = {"account": ["Acme", "", "Grand total"], "pain": ["severe", " ", ""], "n": ["1", None, "17"]}
    found = make_and_score(backend, rows, columns=["verdict"])
    assert found["fit_problems"][0] is None
    assert found["fit_problems"][1] == "this row is blank [blank-row]"
    assert found["fit_problems"][2] == "this row is not a prospect: totals [no-prospect]"
    assert found["fit_verdict"][1:] == [None, None]


def test_a_formula_is_defused_unless_it_is_wanted_as_it_is(backend: Backend) -> None:
    fiery = replace(
        WORKED, rubrics=tuple(replace(r, questions=tuple(map(_fiery, r.questions))) for r in WORKED.rubrics)
    )
    row = {"pain": ["severe"], "promises": ["kept"], "candour": ["open"], "goal": ["clear"]}
    assert make_and_score(backend, row, screen=fiery)["fit_reason_1"] == ["'=1+1"]
    assert make_and_score(backend, row, screen=fiery, as_is=True)["fit_reason_1"] == ["=1+1"]


def _fiery(question: Question) -> Question:
    return replace(question, options=tuple(replace(option, because="=1+1") for option in question.options))


def test_a_mapping_says_which_column_is_which(backend: Backend) -> None:
    column = Column("Schmerz", "pain", values={"stark": "severe"})
    mapping = ColumnMapping("ours", 1, "Ours", "", (column,))
    found = make_and_score(backend, {"Schmerz": ["stark"]}, mapping=mapping)
    assert found["fit_score"] == make_and_score(backend, {"pain": ["severe"]})["fit_score"]


def test_screens_and_mappings_go_by_name_too() -> None:
    frame = polars_frame({"named_users": ["nobody"], "Amount": ["9000"]})
    found = fitcheck.score_frame(frame, "pilot", mapping="hubspot")
    assert found["fit_cost_per_value"][0] > 0
    with pytest.raises(UsageError, match="unknown stage"):
        fitcheck.score_frame(frame, "pilot", stage="moon")  # type: ignore[arg-type]  # that is what is tested


def test_days_are_counted_from_the_date_that_is_named() -> None:
    bands = Bands(((61, "up_to_two_months"),), "none_or_later", of_days=True)
    mapping = ColumnMapping("ours", 1, "Ours", "", (Column("Live", "deadline", bands=bands),))
    frame = pl.DataFrame({"Live": [dt.date(2027, 1, 22), dt.date(2027, 1, 23)], "id": ["1", "2"]})
    found = fitcheck.score_frame(frame, "pilot", mapping=mapping, as_of=dt.date(2026, 11, 22))
    written = polars_frame({"deadline": ["up_to_two_months", "none_or_later"], "id": ["1", "2"]})
    assert found["fit_score"].to_list() == fitcheck.score_frame(written, "pilot")["fit_score"].to_list()
    with pytest.raises(DocumentError, match="needs a date to count the days from"):
        fitcheck.score_frame(frame, "pilot", mapping=mapping)
    with pytest.raises(UsageError, match="as_of must be a date"):
        fitcheck.score_frame(frame, "pilot", mapping=mapping, as_of="2026-11-22")  # type: ignore[arg-type]  # tested


def test_nothing_is_computed_before_it_is_asked_for() -> None:
    frame = pl.LazyFrame({"pain": ["severe"]}).map_batches(_refuse, schema={"pain": pl.String})
    lazy = fitcheck.score_frame(frame, WORKED)
    assert type(lazy) is type(frame)
    with pytest.raises(Exception, match="computed"):
        lazy.collect()


def _refuse(_: Any) -> Any:
    raise ValueError("computed")


def test_a_lazy_frame_knows_its_types_before_it_is_computed() -> None:
    lazy = fitcheck.score_frame(pl.LazyFrame({"pain": ["severe"], "n": [1]}), WORKED)
    schema = lazy.collect_schema()
    assert schema == lazy.collect().schema
    assert (schema["n"], schema["fit_state"], schema["fit_score"]) == (pl.Int64, pl.String, pl.Float64)


def test_a_lazy_frame_can_be_filtered_and_cut_after_it_was_scored() -> None:
    frame = pl.LazyFrame({"pain": ["severe", "none", "some"], "n": [1, 2, 3]})
    scored = fitcheck.score_frame(frame, WORKED)
    whole = scored.collect()
    assert scored.filter(pl.col("n") > 1).select("fit_score").collect().equals(whole[1:].select("fit_score"))
    assert scored.head(1).collect().equals(whole[:1])
    relation = duckdb.connect().from_arrow(arrow_table({"pain": ["severe", "none", "some"]}))
    found = fitcheck.score_frame(relation, WORKED).filter("fit_score < 50").project("pain").fetchall()
    assert len(found) == sum(score < 50 for score in whole["fit_score"])


def test_pandas_keeps_its_index_its_types_and_the_frame_that_it_was() -> None:
    index = pd.MultiIndex.from_tuples([("b", 1), ("a", 1), ("b", 1)], names=["x", "y"])
    frame = pd.DataFrame(
        {"pain": ["severe", None, "none"], 7: [1, 2, 3], "when": pd.Timestamp("2026-05-01")}, index=index
    )
    before = frame.copy()
    found = fitcheck.score_frame(frame, WORKED)
    assert found.index.equals(index)
    assert found.index.names == ["x", "y"]
    assert found[["pain", 7, "when"]].dtypes.equals(before.dtypes)
    assert list(frame.columns) == ["pain", 7, "when"]
    assert {name: str(found[f"fit_{name}"].dtype) for name in ("verdict", "state", "score", "problems")} == {
        "verdict": "string",
        "state": "string",
        "score": "Float64",
        "problems": "string",
    }


class Level(enum.Enum):
    """What a column of pandas may hold, too."""

    HIGH = 1


def amounts_of(frame: Any, **options: Any) -> list[Any]:
    """What closing costs for each unit of value, or why there is no saying, row by row."""
    found = fitcheck.score_frame(frame, "pilot", columns=["cost_per_value"], **options)
    costs, problems = [*map(plain, found["fit_cost_per_value"])], [*map(plain, found["fit_problems"])]
    return [cost if why is None else why for cost, why in zip(costs, problems, strict=True)]


def plain(value: Any) -> Any:
    """A value of any library as one of Python; null as None."""
    return value.as_py() if hasattr(value, "as_py") else None if value is pd.NA else value


PROMISED = ["promised"] * 3


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([9000, None, 12], ["9000", "", "12"]),
        ([9000.0, float("nan"), 12.5], ["9000", "", "12.5"]),
        ([1e22, 1e-7, 0.125], ["10000000000000000000000", "0.0000001", "0.125"]),
        ([Decimal("9000.10"), None, Decimal("1.50")], ["9000.10", "", "1.50"]),
        ([True, False, None], ["true", "false", ""]),
        ([dt.date(2026, 5, 1), None, None], ["2026-05-01", "", ""]),
        ([[9000], [], None], None),
        ([b"9", None, b""], None),
        ([{"a": 1}, {"a": 2}, None], None),
        ([None, None, None], ["", "", ""]),
    ],
)
def test_a_value_counts_as_the_text_that_a_table_would_have(values: list[Any], texts: list[str] | None) -> None:
    found = amounts_of(pl.DataFrame({"named_users": PROMISED, "value": values}))
    if texts is None:
        nested = "a list, a structure or bytes stand where a cell has to be [nested-value]"
        assert found == [nested if value is not None else amounts_of_texts([""])[0] for value in values]
    else:
        assert found == amounts_of_texts(texts)
    assert amounts_of(pd.DataFrame({"named_users": PROMISED, "value": values}, dtype=object)) == found


def amounts_of_texts(texts: list[str]) -> list[Any]:
    return amounts_of(pl.DataFrame({"named_users": ["promised"] * len(texts), "value": texts}), decimal=".")


@pytest.mark.parametrize(
    "answers",
    [
        pl.Series(["promised", None, "nobody"], dtype=pl.Categorical),
        pl.Series(["promised", None, "nobody"], dtype=pl.Enum(["nobody", "promised"])),
        pd.Series(["promised", None, "nobody"], dtype="category"),
        pd.Series(["promised", pd.NA, "nobody"], dtype="string"),
        pd.Series(["promised", float("nan"), "nobody"], dtype=object),
        pd.Series(["promised", pd.NaT, "nobody"], dtype=object),
    ],
)
def test_categories_count_as_their_texts(answers: Any) -> None:
    frame = pl.DataFrame if isinstance(answers, pl.Series) else pd.DataFrame
    found = fitcheck.score_frame(frame({"named_users": answers}), "pilot", columns=["score"])
    texts = pl.DataFrame({"named_users": ["promised", "", "nobody"]})
    scores = fitcheck.score_frame(texts, "pilot", columns=["score"])["fit_score"].to_list()
    assert [*map(plain, found["fit_score"])] == scores


def test_a_scalar_of_numpy_counts_as_the_number_that_it_is() -> None:
    numpy = pytest.importorskip("numpy")
    values = [numpy.float64(12.5), numpy.int64(9000), numpy.bool_(True)]
    assert [cell_text(value) for value in values] == ["12.5", "9000", "true"]


def test_what_is_not_read_may_hold_anything() -> None:
    lists = [[1], [], None]
    for frame in (
        pl.DataFrame({"pain": ANSWERS["pain"], "tags": lists}),
        pd.DataFrame({"pain": ANSWERS["pain"], "tags": lists, "level": Level.HIGH}),
        pa.table({"pain": ANSWERS["pain"], "tags": lists}),
    ):
        found = fitcheck.score_frame(frame, WORKED)
        assert [*map(_listed, found["tags"])] == [[1], [], None]
        assert plain(found["fit_score"][0]) > 0


def _listed(value: Any) -> Any:
    listed = plain(value)
    return None if listed is None else [*listed]


def test_the_decimal_mark_is_proven_by_the_first_rows_of_an_eager_frame_only() -> None:
    texts = {"named_users": ["promised"] * 2, "value": ["9,000", "1.234,50"]}
    eager = fitcheck.score_frame(pl.DataFrame(texts), "pilot")
    assert "ambiguous-number" in eager["fit_problems"][0]
    lazy = fitcheck.score_frame(pl.LazyFrame(texts), "pilot").collect()
    assert lazy["fit_problems"].to_list() == [None, None]
    said = fitcheck.score_frame(pl.LazyFrame(texts), "pilot", decimal=",").collect()
    assert said["fit_problems"].to_list() == [None, None]


def test_two_columns_of_one_name_are_refused() -> None:
    for frame in (
        pd.DataFrame([["severe", "x", "y"]], columns=["pain", "a", "a"]),
        pa.table([["severe"], ["x"], ["y"]], names=["pain", "a", "a"]),
        duckdb.connect().sql("SELECT 'severe' AS pain, 1 AS a, 2 AS a"),
        pd.DataFrame([["severe", "x", "y"]], columns=["pain", "fit_score", "fit_score"]),
    ):
        with pytest.raises(UsageError, match="two columns of the frame are called"):
            fitcheck.score_frame(frame, WORKED)


def test_a_frame_that_answers_nothing_is_refused_and_so_are_two_answers_to_one_question(backend: Backend) -> None:
    with pytest.raises(DocumentError, match="the only column is not a question"):
        fitcheck.score_frame(backend.make({"a": ["x"]}), WORKED)
    with pytest.raises(DocumentError, match='two columns answer "pain"'):
        fitcheck.score_frame(backend.make({"PAIN": ["x"], "pain!": ["x"]}), WORKED)


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(UsageError, match=r"builtins\.dict is not a frame"):
        fitcheck.score_frame({"pain": ["severe"]}, WORKED)
    with pytest.raises(UsageError, match="unknown column"):
        fitcheck.score_frame(polars_frame(ANSWERS), WORKED, columns=["verdicts"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"bad_answers": "skip"}, "bad_answers cannot be 'skip' (one of: reject, unknown)"),
        ({"decimal": "comma"}, """decimal cannot be 'comma' (decimal="." or decimal=",")"""),
        ({"screen": 7}, "screen must be a Screen or a str or a Path, not 7 (load_screen gives one)"),
        (
            {"company": {"stage": "growth"}},
            "company must be a Company, not {'stage': 'growth'} (load_company gives one)",
        ),
        ({"mapping": {"a": "pain"}}, "mapping must be a ColumnMapping, not {'a': 'pain'} (the name of a built-in"),
        (
            {"columns": ["verdcit", "z"]},
            'columns: unknown column "verdcit" (did you mean "verdict"?); columns: unknown column "z"',
        ),
        ({"columns": "ids,verdict"}, 'columns: unknown column "ids" (fit, or names such as'),
        ({"columns": ""}, "columns names no column (fit, or names such as"),
    ],
)
def test_an_argument_that_says_nothing_to_us_is_refused_in_the_words_of_python(
    wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(said)}"):
        fitcheck.score_frame(polars_frame(ANSWERS), **{"screen": WORKED, **wrong})


def test_columns_may_be_one_text_with_commas_as_on_the_command_line() -> None:
    frame = polars_frame(ANSWERS)
    listed = fitcheck.score_frame(frame, WORKED, columns=["verdict", "score"])
    assert fitcheck.score_frame(frame, WORKED, columns="verdict, fit_score,").equals(listed)
    one = fitcheck.score_frame(frame, WORKED, columns="verdict")
    assert one.columns == ["pain", "goal", "fit_verdict", "fit_problems"]


def test_a_company_goes_by_its_path_too(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text("stage: growth\nmargin: 0.5\n", encoding="utf-8")
    frame = polars_frame({"named_users": ["nobody"], "value": ["9000"]})
    loaded = fitcheck.score_frame(frame, "pilot", company=fitcheck.load_company(file))
    assert not loaded.equals(fitcheck.score_frame(frame, "pilot"))
    for path in (file, str(file)):
        assert fitcheck.score_frame(frame, "pilot", company=path).equals(loaded)


def test_what_to_do_about_a_row_or_a_frame_is_said_for_python() -> None:
    [why] = amounts_of(pl.DataFrame({"named_users": ["promised"], "value": ["1.234k"]}))
    assert why.endswith('[ambiguous-number]; decimal="," reads 1234000, decimal="." reads 1234')
    with pytest.raises(DocumentError) as caught:
        fitcheck.score_frame(pl.DataFrame({"a": ["x"]}), WORKED)
    assert str(caught.value) == (
        "<frame>: the only column is not a question of this screen "
        "(call columns like questions, or say with mapping= which is which)"
    )


def test_without_narwhals_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals.stable.v2", None)
    with pytest.raises(UsageError) as caught:
        fitcheck.score_frame(polars_frame(ANSWERS), WORKED)
    said = "score_frame needs one more package (in fitcheck's own folder: pip install '.[frames]')"
    assert str(caught.value) == said


def test_a_view_over_a_scored_relation_outlives_it() -> None:
    connection = duckdb.connect()
    scored = fitcheck.score_frame(connection.from_arrow(arrow_table(ANSWERS)), WORKED)
    scored.create_view("scored")
    del scored
    gc.collect()
    query = "SELECT count(*) FROM scored WHERE fit_problems IS NULL"
    assert connection.sql(query).fetchall() == connection.cursor().sql(query).fetchall() == [(2,)]


def test_duckdb_scores_in_a_transaction() -> None:
    connection = duckdb.connect()
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE deals AS SELECT 'severe' AS pain")
    found = fitcheck.score_frame(connection.table("deals"), WORKED, columns=["state"])
    assert found.fetchall() == [("severe", "ask first", None)]


def test_a_relation_keeps_its_connection_and_its_types() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE others AS SELECT 1 AS n, 'x' AS note")
    relation = connection.sql("SELECT 'severe' AS pain, 1 AS n, uuid() AS u, 5::HUGEINT AS h, 'a'::ENUM('a', 'b') AS e")
    found = fitcheck.score_frame(relation, WORKED, columns=["verdict"])
    assert found.types[:5] == relation.types
    assert found.join(connection.table("others"), "n").project("note").fetchall() == [("x",)]
    assert connection.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() == []


def test_duckdb_takes_columns_of_any_name() -> None:
    relation = duckdb.connect().sql('SELECT \'severe\' AS pain, 1 AS fitcheck_scored, 2 AS "a ""b"""')
    found = fitcheck.score_frame(relation, WORKED)
    assert found.columns[:3] == ["pain", "fitcheck_scored", 'a "b"']
    assert found.fetchall()[0][:3] == ("severe", 1, 2)
