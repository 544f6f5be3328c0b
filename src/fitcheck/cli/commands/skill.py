"""`fitcheck skill`: an Agent Skill that drives the commands."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from fitcheck.atomic_files import open_atomically
from fitcheck.cli import options
from fitcheck.problems import Problem, UsageError, printable

SCREENS = ("pilot", "deal")


def skill(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Folder of the skill, which gives it its name, e.g. skills/fitcheck."
        ),
    ],
    screens: Annotated[
        list[str] | None,
        typer.Option(
            "--screen",
            metavar="NAME|FILE",
            help="Screen to refer to; can be given several times.  [default: pilot and deal]",
            show_default=False,
        ),
    ] = None,
    *,
    force: options.Force = False,
) -> None:
    """Write an Agent Skill, SKILL.md with references, so that an assistant reads call notes with fitcheck."""
    from fitcheck.documents.reading.fields import is_kebab
    from fitcheck.documents.screens import load_screen
    from fitcheck.notes.texts import skill as skill_texts

    name = output.absolute().name
    if not is_kebab(name) or len(name) > 64:  # noqa: PLR2004 - the format's own limit
        hint = "small letters, digits and -, e.g. skills/fitcheck"
        raise UsageError(Problem("bad-id", f"{printable(name)!r} can't be the name of a skill", hint=hint))
    if (output / "SKILL.md").exists() and not force:
        raise UsageError(Problem("file-exists", f"{output / 'SKILL.md'} already exists", hint="--force overwrites it"))
    texts = skill_texts(name, [load_screen(screen) for screen in screens or SCREENS])
    paths = [output / file for file in texts]
    with suppress(OSError):  # writing says what is wrong
        (output / "references").mkdir(parents=True, exist_ok=True)
    with open_atomically(paths) as opened:
        for file, text in zip(opened, texts.values(), strict=True):
            file.file.write(text.encode())
    sys.stderr.write(f"{printable(f'Wrote {output}: {len(paths)} files.')}\n")
