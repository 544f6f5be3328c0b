import pytest

from fitcheck.batch.exceldates import excel_date


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("01-May", "1-5"),
        ("May-01", "1-5"),
        ("1. Mai", "1-5"),
        ("05-Jan", "1-5"),
        ("10-Dec", "10-12"),
        ("12. Okt", "10-12"),
        ("6-Sept", "6-9"),
        ("20-Feb", "2-20"),
        ("2026-05-01", "1-5"),
        ("2026-05-01 00:00:00", "1-5"),
        ("2026-12-10T00:00:00", "10-12"),
    ],
)
def test_a_day_of_the_year_is_the_band_from_the_lower_to_the_higher_number(cell: str, band: str) -> None:
    assert excel_date(cell) == band


@pytest.mark.parametrize(
    "cell", ["", "1-5", "Mayor", "May", "May 2026", "32-May", "0-May", "01-Xyz", "05-May", "2026-13-01", "1/5/2026"]
)
def test_where_no_single_band_can_have_been_meant_nothing_is_said(cell: str) -> None:
    assert excel_date(cell) is None


def test_a_time_of_day_is_no_band() -> None:
    assert excel_date("2026-05-01 12:30:00") is None
