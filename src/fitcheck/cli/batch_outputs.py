"""The outputs of `fitcheck batch`: files that appear together, and at most one on standard output."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from fitcheck.atomic_files import AtomicFile, open_atomically
from fitcheck.cli.delivery import kind_of
from fitcheck.cli.inputs import STDIN
from fitcheck.cli.streams import quiet_when_closed, refuse_closed_output
from fitcheck.problems import Problem, UsageError, printable
from fitcheck.report.document import Blocks, Detail

if TYPE_CHECKING:
    from fitcheck.rendering import Renderable
    from fitcheck.table.run import Result

REJECTS = "-rejects"
"""Ending of the name of the rejects file, after that of the scored rows."""

EDITED = 1
"""Seconds between the scored rows and their rejects that a run does not take to write them."""

SUMMARIES = ("json", "html", "markdown", "text")
"""Formats of a summary; the first where the name of its file says none."""

Maybe = str | None


class Places(NamedTuple):
    """
    The outputs of a run.

    Attributes:
        scored, rejects, summary: files, or - for standard output; None where none is written.
        to, rejects_to: formats of the scored rows and of the rejects; None: what the table's own says.
        on_demand: whether the file of rejects appears only if there are any.
        summary_to: format of the summary.
    """

    scored: str | None
    to: str
    rejects: str | None
    summary: str | None
    on_demand: bool
    rejects_to: str | None = None
    summary_to: str = "json"

    @classmethod
    def of(
        cls,
        table: str,
        said: tuple[str | None, str | None],
        files: tuple[str | None, str | None, str | None],
        mended: Sequence[str] = (),
    ) -> Self:
        """
        Choose files and formats of a run.

        Args:
            table: the table to read.
            said: its format and that of the scored rows, as given by options.
            files: for scored rows, rejects and summary.
            mended: rejects files that are read, and stay for the next time.

        Raises:
            UsageError: two of them are standard output, or a format is unknown or contradicts a file name.
        """
        from fitcheck.table.read.settings import format_of, format_of_rejects

        scored, rejects, summary = files
        if files.count(STDIN) > 1:
            raise UsageError(
                Problem("output-twice", "only one output can be standard output", hint="use files for the others")
            )
        kind = _format_written(table, said, scored)
        summary_to = kind_of(None, summary, SUMMARIES)
        on_demand = rejects is None
        rejects_to = None
        if rejects is not None:
            rejects_to = format_of_rejects(format_of(table, said[0], "--from"), None if rejects == STDIN else rejects)
        elif scored is not None and scored != STDIN and _is_plain(scored):
            rejects_to = format_of_rejects(format_of(table, said[0], "--from"), None)
            taken = {Path(file).absolute() for file in mended}
            names = (_rejects_beside(scored, rejects_to, f"-{k}" if k > 1 else "") for k in count(1))
            rejects = next(name for name in names if Path(name).absolute() not in taken)
        return cls(scored, kind, rejects, summary, on_demand, rejects_to, summary_to)

    @property
    def takes_standard_output(self) -> bool:
        """Whether a result goes there, so that the summary for people goes to standard error."""
        return STDIN in {self.scored, self.rejects, self.summary}

    def named(self, result: "Result") -> dict[str, str]:
        """The files that were written, by their content."""
        named = {"scored": self.scored, "rejects": self.rejects if result.tally.rejected else None}
        return {what: "standard output" if file == STDIN else file for what, file in named.items() if file is not None}


def _format_written(table: str, said: tuple[str | None, str | None], scored: str | None) -> str:
    """Format of the scored rows: as given, else from the file's name, else that of the table if it is text."""
    from fitcheck.table.read.settings import format_of

    read, to = said
    if to is not None or (scored is not None and scored != STDIN):
        return format_of(scored or STDIN, to, "--to")
    kind = format_of(table, read, "--from") if scored == STDIN else "csv"
    return "csv" if kind in {"xlsx", "parquet"} else kind


def _rejects_beside(scored: str, kind: str, number: str) -> str:
    """
    Name the rejects file after that of the scored rows.

    Raises:
        UsageError: that name is too long.
    """
    path = Path(scored)
    rejects = path.with_name(f"{path.stem}{REJECTS}{number}.{kind}")
    try:
        rejects.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            message = f"the name of the rejects file would be too long: {rejects.name}"
            hint = "choose a shorter one with --rejects FILE; nothing was written"
            raise UsageError(Problem("cannot-write", message, hint=hint)) from None
        # any other error is reported when the file is opened
    return str(rejects)


def _is_plain(output: str) -> bool:
    """Whether a rejects file may be put next to this: not next to a device or a pipe."""
    path = Path(output)
    with suppress(OSError):
        return not path.absolute().is_relative_to("/dev") and (not path.exists() or path.is_file())
    return False


def _refuse_edited(scored: Path | None, rejects: Path | None) -> None:
    """
    Refuse to overwrite rejects that somebody has edited since they were written with the scored rows.

    Raises:
        UsageError: `edited-rejects`.
    """
    if not (scored and rejects and scored.is_file() and rejects.is_file()):
        return
    if rejects.stat().st_mtime - scored.stat().st_mtime > EDITED:
        message = f"{printable(str(rejects))} was edited after {printable(str(scored))} was written"
        hint = f"add --mended {rejects} to bring its rows back, or delete it"
        raise UsageError(Problem("edited-rejects", message, hint=hint))


class Files:
    """The output files of a run, which appear together when `stack` ends."""

    def __init__(self, stack: ExitStack, places: Places, inputs: Sequence[Path]) -> None:
        self._places = places
        named = {"scored": places.scored, "rejects": places.rejects, "summary": places.summary}
        paths = {what: Path(file) for what, file in named.items() if file is not None and file != STDIN}
        if places.on_demand:
            _refuse_edited(paths.get("scored"), paths.get("rejects"))
        opened = stack.enter_context(open_atomically([*paths.values()], inputs=inputs))
        self._stale = [path for what, path in paths.items() if what == "rejects" and path.exists()]
        self._files: dict[str, AtomicFile] = dict(zip(paths, opened, strict=True))
        self._streams: dict[str, BinaryIO] = {what: file.file for what, file in self._files.items()}
        if places.takes_standard_output:
            refuse_closed_output()
            stack.enter_context(quiet_when_closed(sys.stdout))
            self._streams |= {what: sys.stdout.buffer for what, file in named.items() if file == STDIN}
        if "scored" not in self._streams:
            self._streams["scored"] = stack.enter_context(open(os.devnull, "wb"))  # noqa: PTH123, SIM115 - closed by it
        self.scored, self.rejects = self._streams["scored"], self._streams.get("rejects")

    def finish(self, result: "Result", detail: Detail) -> None:
        """Write the summary, and drop a file of rejects that nobody asked for and nothing is in."""
        if file := self._streams.get("summary"):
            from fitcheck.rendering import written

            told: Detail = "short" if detail == "quiet" else detail
            text = written(summary_of(result, self._places), self._places.summary_to, told)
            file.write(text.encode("utf-8", "replace"))
        if self._places.on_demand and "rejects" in self._files and not result.tally.rejected and not self._stale:
            self._files["rejects"].drop()


def summary_of(result: "Result", places: Places) -> "Renderable":
    """The counts of a run, before they have a format."""
    from fitcheck.rendering import Renderable
    from fitcheck.report.table.batch import batch_report

    def document() -> str:
        from fitcheck.report.json.batch import BatchDocument

        return BatchDocument.json_text(result)

    def blocks(detail: Detail, _: str, /, *, folded: bool = False) -> Blocks:
        return batch_report(result, detail, outputs=places.named(result), folded=folded)

    return Renderable("Summary", blocks, document)
