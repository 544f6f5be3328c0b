"""Why a file can't be read, in the same words wherever one is opened."""

from pathlib import Path

from fitcheck.arguments import check_type
from fitcheck.nearest import nearest
from fitcheck.problems import DocumentError, Place, Problem, UsageError

NO_SUCH_FILE = "no such file"


def check_path(name: str, path: object, *, hint: str = "the path of a file") -> None:
    """
    Refuse an argument that can't be a path.

    Args:
        name: of the argument.
        path: given for it.
        hint: what it should be.

    Raises:
        UsageError: it is of another type, or empty.
    """
    check_type(name, path, str, Path, hint=hint)
    if not str(path):
        raise UsageError(Problem("empty-value", f"{name} is empty", hint=hint))


def cannot_read(
    path: str | Path, file: str, error: OSError | ValueError, *, of_folder: str | None = None
) -> DocumentError:
    """
    Return the problem of a file that the system does not let us read.

    Args:
        path: of the file.
        file: its name for people.
        error: what opening or reading it raised.
        of_folder: what to do if it is a folder.
    """
    hint: str | None = None
    match error:
        case FileNotFoundError():
            message, hint = NO_SUCH_FILE, _similar(Path(path))
        case IsADirectoryError():
            message, hint = "this is a folder, not a file", of_folder
        case PermissionError():
            message, hint = "permission denied", "check its permissions"
        case _:
            message = f"cannot read this file: {getattr(error, 'strerror', None) or 'invalid file name'}"
    return DocumentError(Problem("cannot-read", message, Place(file), hint=hint))


def _similar(path: Path) -> str | None:
    """Return a hint at the file beside it that was probably meant by a name that there isn't."""
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except (OSError, ValueError):
        return "its folder does not exist either"
    return nearest(path.name, names, show=0)
