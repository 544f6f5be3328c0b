"""A session of Spark, and the files that it can reach, wherever they are."""

import os
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from fitcheck.batch.formats import install, missing_extra
from fitcheck.io_errors import NO_SUCH_FILE
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Place, Problem, UsageError, printable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HIDDEN = ("_", ".")
"""Files whose names begin like this are not data."""

PATTERN = "*?[]{}"
"""In a name, Spark takes these for a pattern."""

_LONGEST = 300
_RAISED = re.compile(r"[\w.]*(?:Error|Exception|Interrupt)\b")


@contextmanager
def spark_session() -> "Iterator[SparkSession]":
    """
    Yield the session that there is, or one that the environment describes, which ends with the block.

    Whatever Spark says goes unheard, but for how it fails.

    Raises:
        UsageError: `missing-extra` without PySpark or Java; `spark-failed` with what Spark says of any other failure.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PySpark warns of the versions of others
            from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra without types
            from pyspark import SparkContext  # noqa: PLC0415 - an extra, and slow to import
            from pyspark.errors import PySparkException  # noqa: PLC0415
            from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError:
        raise missing_extra("the engine spark", "spark") from None
    before = SparkSession.getActiveSession()
    try:
        with _unheard():
            session = before or SparkSession.builder.appName("fitcheck").getOrCreate()
        context = session.sparkContext
        if before is None:
            context.setLogLevel("OFF")
            if (context.master or "").startswith("local") and "PYSPARK_PYTHON" not in os.environ:
                context.pythonExec = sys.executable
    except (PySparkException, Py4JError) as error:
        if SparkContext._gateway is None:  # noqa: SLF001 - nothing else says whether Java came up
            hint = f"Java 17 or newer, and {install('spark')}"
            raise UsageError(Problem("missing-extra", "Spark does not start without Java", hint=hint)) from None
        raise _failed(error) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield session
    except (PySparkException, Py4JError) as error:
        raise _failed(error) from None
    finally:
        if before is None:
            session.stop()


@contextmanager
def _unheard() -> Iterator[None]:
    """Let Java, which inherits it, have a standard error that nobody reads; FITCHECK_DEBUG leaves it as it is."""
    if os.environ.get("FITCHECK_DEBUG"):
        yield
        return
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _failed(error: BaseException) -> Exception:
    """Return the one line of a long story that says what happened: that Spark failed, or that we did, on a worker."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if type(error).__name__ == "PythonException":
        told = next((line for line in reversed(lines) if _RAISED.match(line)), lines[0])
        if not told.startswith("ModuleNotFoundError"):
            return RuntimeError(told)
        hint = "install fitcheck where the workers are; PYSPARK_PYTHON says which Python they run"
        return UsageError(Problem("spark-failed", f"a worker of Spark gave up: {printable(told)}", hint=hint))
    told = next((line for line in lines if not line.startswith(("at ", "An error occurred"))), type(error).__name__)
    told = told.removeprefix(": ")
    return UsageError(Problem("spark-failed", f"Spark gave up: {printable(told)[:_LONGEST]}"))


class DataFile(NamedTuple):
    """One file of a table, by its address, and its size [bytes]."""

    address: str
    size: int

    @property
    def name(self) -> str:
        """What a person calls it."""
        return unquote(self.address.rstrip("/").rpartition("/")[2])


class Files:
    """
    What Hadoop's file systems hold: local ones, HDFS, and object stores.

    Args:
        session: whose settings say how they are reached.
    """

    def __init__(self, session: "SparkSession") -> None:
        self._java: Any = session.sparkContext._jvm  # noqa: SLF001 - PySpark has no other way to its file systems
        self._settings = session.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001

    def _reached(self, address: str) -> tuple[Any, Any]:
        path = self._java.org.apache.hadoop.fs.Path(address)
        return path.getFileSystem(self._settings), path

    def exists(self, address: str) -> bool:
        """Whether there is a file or folder."""
        system, path = self._reached(address)
        return bool(system.exists(path))

    def table(self, address: str) -> Sequence[DataFile]:
        """
        Return the files of a table, by name: one, or those of a folder.

        Raises:
            UsageError: Spark would take the address for a pattern.
            DocumentError: there is nothing, or a folder without files.
        """
        if any(sign in address for sign in PATTERN):
            message = f"Spark takes {' '.join(PATTERN)} for a pattern, and {quoted(address)} has one of them"
            raise UsageError(Problem("pattern-in-name", message, hint="name the folder of the files"))
        if not self.exists(address):
            raise DocumentError(Problem("cannot-read", NO_SUCH_FILE, Place(address)))
        system, path = self._reached(address)
        found = [
            DataFile(status.getPath().toString(), status.getLen())
            for status in system.listStatus(path)
            if status.isFile() and not status.getPath().getName().startswith(HIDDEN)
        ]
        if not found:
            raise DocumentError(Problem("cannot-read", "no file is in this folder", Place(address)))
        return sorted(found)

    def beginning(self, file: DataFile, most: int) -> bytes:
        """Return the first bytes of a file."""
        system, path = self._reached(file.address)
        stream = system.open(path)
        try:
            return bytes(self._java.org.apache.commons.io.IOUtils.toByteArray(stream, min(most, file.size)))
        finally:
            stream.close()

    def make(self, address: str) -> None:
        """
        Make a folder, before anything is computed that would not find its place.

        Raises:
            UsageError: it is there already, or can't be made.
        """
        from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra

        if self.exists(address):
            raise UsageError(Problem("cannot-write", f"can't write {address}: it is there", hint="name a new folder"))
        system, path = self._reached(address)
        try:
            made = system.mkdirs(path)
        except Py4JError:
            made = False
        if not made:
            raise UsageError(Problem("cannot-write", f"can't write {address}: no folder can be made there"))

    def remove(self, address: str) -> None:
        """Remove a folder with all that is in it."""
        system, path = self._reached(address)
        system.delete(path, True)
