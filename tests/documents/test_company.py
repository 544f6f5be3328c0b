from fractions import Fraction
from pathlib import Path

import pytest

from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import STAGES
from fitcheck.documents.company import company_template, load_company, read_company
from fitcheck.documents.costs import load_cost
from fitcheck.documents.reading.finding import names
from fitcheck.problems import DocumentError


def test_everything_that_is_written_arrives(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(
        "company: Fernwick\nstage: growth\ncurrency: EUR\nmargin: 0.7\nrates: {presales: 110, legal: ~}\n"
        "weekly_hours: 12.5\npilot_hours: 80\nexchange: {USD: 0.92}\n"
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
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}", "stage:\ncurrency:\nrates:\nmargin:\n"])
def test_a_company_may_say_nothing(text: str) -> None:
    assert read_company(text.encode(), "company.yaml") == Company()


def test_roles_are_checked_where_the_caller_knows_them() -> None:
    data = b"rates: {presale: 110}\n"
    assert read_company(data, "company.yaml").rates == {"presale": Fraction(110)}
    with pytest.raises(DocumentError) as caught:
        read_company(data, "company.yaml", roles=["presales"])
    assert caught.value.problems[0].hint == 'did you mean "presales"?'


@pytest.mark.parametrize("stage", STAGES)
def test_the_template_says_nothing_before_it_is_filled_in(stage: str) -> None:
    company = read_company(company_template(stage=stage).encode(), "company.yaml")  # type: ignore[arg-type]
    assert company == Company()


@pytest.mark.parametrize("name", names("cost"))
def test_the_template_without_its_remarks_is_the_cost_models_own_figures(name: str) -> None:
    cost = load_cost(name)
    text = company_template(cost)
    figures = "\n".join(line.removeprefix("# ") for line in text.splitlines() if ":" in line and "," not in line)
    company = read_company(figures.encode(), "company.yaml", roles=list(cost.rates))
    assert company.rates == {role: rate.per_hour for role, rate in cost.rates.items()}
    assert company.currency == cost.currency


def test_a_file_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(DocumentError, match="no such file"):
        load_company("nowhere/company.yaml")
