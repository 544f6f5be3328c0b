"""What every test shares: hypothesis without chance, golden files, the command line in this process."""

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from fitcheck.cli.app import run

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")

# a suite in the background or under nohup ignores these, and its processes would inherit that
for _sent, _default in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    if hasattr(signal, _sent) and signal.getsignal(getattr(signal, _sent)) == signal.SIG_IGN:
        signal.signal(getattr(signal, _sent), _default)

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Outcome:
    """What a command printed and the code it ended with."""

    code: int
    out: str
    err: str


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with a file in tests/golden; FITCHECK_GOLDEN=write writes it anew, to be read in the diff."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if name.endswith(".html"):  # the style is one file of its own; tests/report/test_html.py holds a page to it
            text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)
            text = re.sub(r"'sha256-[^']*'", "'sha256-...'", text)
        if os.environ.get("FITCHECK_GOLDEN") == "write":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in the repository's folder, 80 columns wide, without the terminal's own settings."""
    monkeypatch.chdir(ROOT)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "FITCHECK_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return ROOT


@pytest.fixture
def fitcheck(
    at_root: Path,  # noqa: ARG001 - for its effect
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Callable[..., Outcome]:
    """Run a command line in this process, from the repository's folder."""

    def call(*argv: str) -> Outcome:
        code = run(argv)
        told = capfdbinary.readouterr()
        return Outcome(int(code), told.out.decode(), told.err.decode())

    return call
