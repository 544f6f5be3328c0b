"""
Pages in a real browser: they ask for nothing, fit every screen, print on one sheet, and shut nobody out.

FITCHECK_BROWSER names a folder in which `npm install playwright-core axe-core` was run; without it, or without Debian's
chromium, there is nothing to test with. The gate has both.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import fitcheck
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.content.rubric import Screen
from fitcheck.decision.several.judges import JudgesReport

FOLDER = os.environ.get("FITCHECK_BROWSER", "")
BROWSER = shutil.which("chromium") or ""

pytestmark = pytest.mark.skipif(not (FOLDER and BROWSER), reason="needs FITCHECK_BROWSER and chromium")

HOSTILE = "<script>alert(1)</script>\"'><img src=http://a.invalid/x onerror=alert(2)><style>*{display:none}</style>"
WIDE = "W" * 300


def pages(folder: Path) -> list[str]:
    """Write each kind of report as a page, and name the files."""
    pilot = fitcheck.load_screen("pilot")
    files = sorted((ROOT / "examples").glob("*.yaml"))
    found = [
        fitcheck.assess(pilot, fitcheck.load_prospect(file, pilot)) for file in files if file.name != "company.yaml"
    ]
    page = {f"{each.prospect.id}.html": fitcheck.render(each, "html") for each in found}
    page["several.html"] = fitcheck.render(found, "html")
    page["compare.html"] = fitcheck.render(fitcheck.compare(found[:3]), "html")
    page["rank.html"] = fitcheck.render(fitcheck.rank(found, hours=120), "html")
    page["hostile.html"] = fitcheck.render(fitcheck.assess(pilot, hostile()), "html", detail="explain")
    page["merge.html"] = fitcheck.render(_merged(pilot), "html")
    for name, told in page.items():
        (folder / name).write_text(told, encoding="utf-8")
    table = ["batch", "examples/crm/pipeline.csv", "--map", "examples/crm/pipeline-map.yaml", "--hours", "150"]
    command = [sys.executable, "-m", "fitcheck", *table, "--summary", str(folder / "batch.html")]
    subprocess.run(command, check=False, cwd=ROOT, capture_output=True)  # some of its rows are rejected
    return [*page, "batch.html"]


def _merged(screen: Screen) -> JudgesReport:
    files = {name: ROOT / f"tests/judges/acme.{name}.yaml" for name in ("founder", "presales", "support")}
    return fitcheck.merge(
        screen, {name: fitcheck.load_prospect(file, screen) for name, file in files.items()}, prospect_id="acme"
    )


def hostile() -> Prospect:
    """Markup, and a word wider than any screen, in every text that a person can write."""
    answer = Answer("quick_fix", evidence=f"{HOSTILE} {WIDE}", by=HOSTILE)
    other = Answer("nobody", evidence=WIDE, by=HOSTILE)
    return Prospect(HOSTILE, f"{HOSTILE} {WIDE}", {"solution_sought": answer, "named_users": other}, Deal())


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser saw of every page."""
    folder = tmp_path_factory.mktemp("pages")
    files = [str(folder / name) for name in pages(folder)]
    command = ["node", str(ROOT / "tests/browser/check.mjs"), FOLDER, BROWSER, *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=280)
    found: dict[str, Any] = json.loads(done.stdout)
    assert len(found) == len(files)
    return found


def test_no_page_asks_for_anything_or_runs_anything(seen: dict[str, Any]) -> None:
    assert {name: page for name, page in seen.items() if page["requests"] or page["messages"]} == {}


def test_every_page_fits_every_screen_from_380_pixels_on(seen: dict[str, Any]) -> None:
    assert {name: page["overflow"] for name, page in seen.items() if page["overflow"]} == {}


def test_axe_finds_nothing_in_light_and_in_dark(seen: dict[str, Any]) -> None:
    assert {name: page["violations"] for name, page in seen.items() if page["violations"]} == {}


def test_a_prospect_prints_on_one_sheet(seen: dict[str, Any]) -> None:
    of_one = {name: page["sheets"] for name, page in seen.items() if name not in {"several.html", "hostile.html"}}
    assert set(of_one.values()) == {1}
