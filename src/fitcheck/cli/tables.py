"""The bytes of a table that a command line names."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from fitcheck.cli.inputs import STDIN
from fitcheck.io_errors import cannot_read


@contextmanager
def table_stream(name: str) -> Iterator[tuple[BinaryIO, str]]:
    """
    The bytes of a table, and its name for people.

    Raises:
        DocumentError: the system does not let us read it.
    """
    if name == STDIN:
        # whoever began us may have left it so that it has nothing to say now and then; not every system knows of that
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
