"""The prospect files and the table that a command line names."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from fitcheck.cli.options import COMPANY
from fitcheck.io_errors import cannot_read
from fitcheck.problems import DocumentError, Problem, UsageError

if TYPE_CHECKING:
    from fitcheck.decision.content.answers import Prospect
    from fitcheck.documents.prospects import Questionnaire

SUFFIXES = (".yaml", ".yml", ".json")
STDIN = "-"


class Contents(NamedTuple):
    """
    What a file holds.

    Attributes:
        data: its bytes.
        shown: its name for people.
    """

    data: bytes
    shown: str


def prospect_files(names: Sequence[str]) -> list[str]:
    """
    List files in the order given, each once; a folder stands for its YAML and JSON files except company.yaml.

    Raises:
        DocumentError: a folder without any such file.
        UsageError: standard input is named twice.
    """
    if list(names).count(STDIN) > 1:
        raise UsageError(Problem("input-twice", "standard input can be read only once", hint="name - once"))
    found: dict[str, str] = {}
    for name in names:
        for file in _expand(name):
            found.setdefault(file if file == STDIN else os.path.realpath(file), file)
    return [*found.values()]


def _expand(name: str) -> Iterator[str]:
    folder = Path(name)
    if name == STDIN or not is_there(folder.is_dir):
        yield name
        return
    found = sorted(file for file in folder.iterdir() if _is_prospect(file))
    if not found:
        wanted = ", ".join(f"*{suffix}" for suffix in SUFFIXES)
        raise DocumentError(Problem("no-prospects", f"{name} has no prospect files", hint=f"looked for {wanted}"))
    yield from map(str, found)


def is_there(ask: Callable[[], bool]) -> bool:
    """Ask the system of a file; False also where its name is too long to be one, which whoever opens it will say."""
    try:
        return ask()
    except (OSError, ValueError):
        return False


def _is_prospect(file: Path) -> bool:
    hidden = file.name.startswith(".")
    return not hidden and file.suffix.lower() in SUFFIXES and file.name != COMPANY.name and file.is_file()


def read(name: str) -> Contents:
    """
    Read a file.

    Raises:
        DocumentError: it can't be read.
    """
    from fitcheck.documents.reading import source

    if name == STDIN:
        return Contents(sys.stdin.buffer.read(), source.STDIN)
    return Contents(source.read_bytes(name, name), name)


def read_prospect_files(names: Sequence[str], problems: "Collected") -> dict[str, Contents]:
    """Read prospect files, each by its name; those that can't be read are among the problems."""
    found = {}
    for name in names:
        with problems:
            found[name] = read_prospect_file(name)
    return found


def read_prospect_file(name: str) -> Contents:
    """
    Read a prospect file.

    Raises:
        DocumentError: it can't be read, or is a table.
    """
    from fitcheck.table.read.settings import FORMATS

    ending = Path(name).suffix.lower().removeprefix(".")
    if ending in FORMATS and ending != "txt" and is_there(Path(name).is_file):
        from fitcheck.cli.file_kinds import TABLE, wrong_kind

        raise wrong_kind(name, "a prospect file", TABLE)
    return read(name)


def prospect_in(data: bytes, file: str, known: "Questionnaire") -> "Prospect":
    """
    Read the prospect in the bytes of a file.

    Raises:
        DocumentError: with all problems of the file; if it is of another kind, with that alone.
    """
    from fitcheck.documents.prospects import read_prospect

    try:
        return read_prospect(data, file, known=known)
    except DocumentError:
        from fitcheck.cli.file_kinds import PROSPECT, kind_of, wrong_kind

        found = kind_of(file, data)
        if found not in {None, PROSPECT}:
            raise wrong_kind(file, "a prospect file", found) from None
        raise


def refuse_document(name: str) -> None:
    """
    Refuse a prospect file, notes or the like where a table is read.

    Raises:
        DocumentError: its ending and its content show what it is.
    """
    from fitcheck.cli.file_kinds import DOCUMENTS, kind_of, wrong_kind

    if Path(name).suffix.lower() in DOCUMENTS and Path(name).is_file():
        data, shown = read(name)
        if found := kind_of(shown, data):
            raise wrong_kind(shown, "a table", found)


@contextmanager
def table_stream(name: str) -> Iterator[tuple[BinaryIO, str]]:
    """
    Open a table; return its bytes and its name for people.

    Raises:
        DocumentError: it can't be read.
    """
    if name == STDIN:
        # the parent process may have left it non-blocking; not every system can undo that
        with suppress(OSError, AttributeError):
            os.set_blocking(sys.stdin.fileno(), True)
        yield sys.stdin.buffer, "<stdin>"
        return
    from fitcheck.table.match.opening import OF_FOLDER

    with ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(name).open("rb"))
        except (OSError, ValueError) as error:
            raise cannot_read(name, name, error, of_folder=OF_FOLDER) from None
        yield stream, name


class Collected:
    """Problems of several files, raised together."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        """Keep the problems of an invalid file and go on with the next."""
        if isinstance(error, DocumentError):
            self._problems += error.problems
            return True
        return False

    def check(self) -> None:
        """Raise the collected problems."""
        if self._problems:
            raise DocumentError(*self._problems)
