"""What the cost is made of can be added up by whoever reads it."""

import re
from pathlib import Path

from conftest import ROOT

import fitcheck
from fitcheck.documents.company import load_company
from fitcheck.report.layout import TextOptions, plain
from fitcheck.report.prospect.cost import cost_sections
from fitcheck.report.text import text_lines

PARTNER = ROOT / "examples/patient-partner.yaml"


def told(company: Path | None = None) -> str:
    screen = fitcheck.load_screen("pilot")
    ours = load_company(company) if company else None
    found = fitcheck.assess(screen, fitcheck.load_prospect(PARTNER, screen), company=ours)
    assert found.cost
    return plain(text_lines(cost_sections(found.cost, found.prospect.deal), TextOptions(width=200)))


def numbers(pattern: str, text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(pattern, text)]


def test_hours_and_money_of_the_activities_add_up_to_the_means() -> None:
    for company in (None, ROOT / "examples/company.yaml"):
        text = told(company)
        [mean_hours] = numbers(r"hours .*mean ([\d.,]+\d)", text)
        [mean_money] = numbers(r"money .*mean ([\d.,]+\d)", text)
        hours = [float(found) for found in re.findall(r"^\s+([\d.]+) h  \w", text, re.MULTILINE)]
        assert round(sum(hours), 1) == mean_hours
        assert sum(numbers(r" = EUR ([\d,]+)", text)) == mean_money


def test_each_activity_names_role_rate_and_what_they_rest_on() -> None:
    lines = [line for line in told().splitlines() if " × EUR " in line]
    assert lines
    assert all(re.search(r"\w+ × EUR [\d.,]+.* = EUR [\d,]+ · \S", line) for line in lines)


def test_what_ones_own_figures_change_is_said() -> None:
    assert "Your own figures" not in told()
    assert re.search(
        r"Your own figures: .* Without them the mean would be EUR [\d,]+", told(ROOT / "examples/company.yaml")
    )
