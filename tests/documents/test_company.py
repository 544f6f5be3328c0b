from fractions import Fraction
from pathlib import Path

import pytest

from fitcheck.decision.content.cost_model import Company, ThreePoint
from fitcheck.documents.company import load_company, read_company
from fitcheck.documents.costs import load_cost
from fitcheck.problems import DocumentError


def test_everything_that_is_written_arrives(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(
        "company: Fernwick\nstage: growth\ncurrency: EUR\nmargin: 0.7\nrates: {presales: 110, legal: ~}\n"
        "weekly_hours: 12.5\npilot_hours: 80\nexchange: {USD: 0.92}\nwin_rate: 0.4\nlost_share: 0.5\nmonths: 24\n"
        "hours: {deal: {offer: [1, 2, 4.5]}}\nextra_rounds: {deal: [2, 1, 0.5, 0]}\n"
        "cost_models: {deal: own/deal.yaml}\nours: [Sales, Bo]\n"
    )
    assert load_company(str(file)) == Company(
        name="Fernwick",
        stage="growth",
        currency="EUR",
        margin=Fraction(7, 10),
        rates={"presales": Fraction(110)},
        weekly_hours=Fraction(25, 2),
        pilot_hours=Fraction(80),
        exchange={"USD": Fraction(23, 25)},
        win_rate=Fraction(2, 5),
        lost_share=Fraction(1, 2),
        months=Fraction(24),
        hours={"deal": {"offer": ThreePoint(Fraction(1), Fraction(2), Fraction(9, 2))}},
        extra_rounds={"deal": (Fraction(2), Fraction(1), Fraction(1, 2), Fraction(0))},
        cost_models={"deal": str(tmp_path / "own/deal.yaml")},  # as it is read from the folder of the company file
        ours=("Sales", "Bo"),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}", "stage:\ncurrency:\nrates:\nmargin:\n"])
def test_a_company_may_say_nothing(text: str) -> None:
    assert read_company(text.encode(), "company.yaml") == Company()


def test_roles_are_checked_where_the_caller_knows_them() -> None:
    data = b"rates: {presale: 110}\n"
    assert read_company(data, "company.yaml").rates == {"presale": Fraction(110)}
    with pytest.raises(DocumentError) as caught:
        read_company(data, "company.yaml", cost=load_cost("deal"))
    assert caught.value.problems[0].hint == 'did you mean "presales"?'


def test_a_file_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(DocumentError, match="no such file"):
        load_company("nowhere/company.yaml")


def test_figures_of_a_cost_model_that_is_not_in_use_are_left_alone() -> None:
    data = b"hours: {our-own: {anything: [1, 2, 3]}, pilot: {anything: [1, 2, 3]}}\nextra_rounds: {our-own: [1]}\n"
    assert read_company(data, "company.yaml", cost=load_cost("deal")).extra_rounds == {"our-own": (Fraction(1),)}
