"""
Show which verdicts of the worked cases move between an earlier revision's content and that of the working tree.

    python .ci/moved.py [REVISION]        the newest tag, else HEAD, if none is named

It prints and never fails on a move: a verdict that moves may be meant. `.ci/generate.py` sees to its being said.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from fitcheck.cli.app import run
from fitcheck.documents.reading.finding import names
from fitcheck.documents.reading.source import parse

ROOT = Path(__file__).parents[1]


def main(arguments: list[str]) -> int:
    """Compare every built-in screen with what it was; return the exit code."""
    tag = git("describe", "--tags", "--abbrev=0")
    revision = (arguments or [tag.stdout.decode().strip() or "HEAD"])[0]
    archive = git("archive", revision, "rubrics")
    if archive.returncode:
        print(f"{revision} has no content to compare with")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        for name in names("screen"):
            old = Path(folder, "rubrics", "screens", f"{name}.yaml")
            if old.exists():
                run(["rubric", "diff", str(by_path(old)), name, "--stage", "all"])
            else:
                print(f"screen {name} is new")
    return 0


def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in the repository."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)


def by_path(screen: Path) -> Path:
    """Write a screen that names the rubrics and the cost model beside it, not those of the working tree."""
    data = parse(screen.read_bytes(), screen.name).data
    data["rubrics"] = [f"../{name}.yaml" for name in data["rubrics"]]
    data |= {"cost": f"../costs/{data['cost']}.yaml"} if "cost" in data else {}
    written = screen.with_suffix(".json")
    written.write_text(json.dumps(data, default=float), encoding="utf-8")
    return written


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
