"""The public Python interface for tables: score a data frame."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from fitcheck.api import stage_for
from fitcheck.arguments import check_day, check_type, check_word, listed
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.documents.company import load_company
from fitcheck.documents.mappings import load_mapping
from fitcheck.documents.prospects import Questionnaire
from fitcheck.documents.screens import load_screen
from fitcheck.io_errors import check_path
from fitcheck.mapping import ColumnMapping, counted_from
from fitcheck.table.frames import score_frame as score
from fitcheck.table.score.row_reading import BadAnswers

DecimalMark = Literal[".", ","]

Frame = TypeVar("Frame", bound=Any)
"""The user's own kind of frame."""


def score_frame(
    frame: Frame,
    screen: Screen | str | Path,
    *,
    stage: Stage | None = None,
    company: Company | str | Path | None = None,
    mapping: ColumnMapping | str | Path | None = None,
    columns: str | Iterable[str] | None = None,
    bad_answers: BadAnswers = "reject",
    as_is: bool = False,
    decimal: DecimalMark | None = None,
    as_of: date | None = None,
) -> Frame:
    """
    Score every row of a frame, each as `fitcheck batch` does, and return the frame with our columns after its own.

    All rows stay, in order, with the frame's own columns, types, index and names; columns of ours that an earlier run
    added are replaced. Our columns are text, floats, integers and booleans; what is not known is null. A row that
    can't be scored has null in all of them and says why in the last, `fit_problems`, which is null for all others. A
    value counts as the text that a table would have of it: 12.0 is "12", true is "true", null and NaN are blank.

    A LazyFrame of polars and a DataFrame of PySpark stay lazy: their rows go through Python in batches when they are
    asked for, on every worker of a cluster. They need all columns, so leave out beforehand what is not wanted. A
    relation of DuckDB is scored at once, in batches, and its result is kept in memory.

    Args:
        frame: of polars (eager or lazy), pandas, pyarrow, DuckDB or PySpark; this needs the extra `frames`.
        screen: from `load_screen`, or a name or path as that takes.
        stage: how mature our product is; if None, the company's, else the screen's default.
        company: our side, from `load_company`, or the path of a file; benchmarks where it is silent.
        mapping: which column is which where names do not say: a built-in mapping's name, or the path of a file.
        columns: which of ours are wanted: `fit` for all, or names with or without `fit_`, in a list or, as on the
            command line, in one text with commas between them; None for all.
        bad_answers: what to do with a row whose cell is not a valid answer: "reject", or "unknown" takes the answer for
            unknown. An amount that can't be read is always a reason to reject.
        as_is: leave texts as they are, even if a spreadsheet would run them as a formula.
        decimal: the decimal mark of amounts that are text. If None it is the mapping's, else what the first rows prove;
            of a lazy frame no row is read for that, so there an amount that can be read in two ways is rejected.
        as_of: the day to count from where the mapping has days.

    Raises:
        UsageError: no frame that we know, two columns of one name, an unknown screen, stage, mapping, column or word,
            an argument of the wrong type, or a package that is missing.
        DocumentError: no column answers a question of the screen, or two columns answer one; a file is wrong.

    >>> import polars
    >>> frame = polars.DataFrame({"deal": ["Acme", "Brightloom"], "named_users": ["nobody", "perhaps"]})
    >>> scored = score_frame(frame, "pilot", columns=["verdict"])
    >>> scored["fit_verdict"].to_list()
    ['not now', None]
    >>> print(scored["fit_problems"][1].partition(";")[0])
    "named_users" has no option "perhaps" [unknown-option]
    """
    check_type("screen", screen, Screen, str, Path, hint="load_screen gives one")
    check_type("as_is", as_is, bool, hint="True or False")
    check_word("bad_answers", bad_answers, get_args(BadAnswers))
    if decimal is not None:
        check_word("decimal", decimal, get_args(DecimalMark), hint='decimal="." or decimal=","')
    if isinstance(company, str | Path):
        check_path("company", company)
        company = load_company(company)
    own = company.cost_models if isinstance(company, Company) else {}
    asking = screen if isinstance(screen, Screen) else load_screen(screen, own)
    chosen, _ = stage_for(asking, stage, company)
    if isinstance(mapping, str | Path):
        mapping = load_mapping(mapping, Questionnaire.of(asking))
    if mapping is not None:
        check_type("mapping", mapping, ColumnMapping, hint="the name of a built-in one, or the path of a file")
    check_day("as_of", as_of)
    if mapping is not None and as_of is not None:
        mapping = counted_from(mapping, as_of)
    if isinstance(columns, str):
        columns = [word.strip() for word in columns.split(",") if word.strip()]
    if columns is not None:
        columns = listed("columns", columns, str, hint='e.g. ["verdict", "score"]')
    scored: Frame = score(
        frame,
        asking,
        chosen,
        company=company,
        mapping=mapping,
        columns=columns,
        bad_answers=bad_answers,
        as_is=as_is,
        decimal=decimal,
    )
    return scored
