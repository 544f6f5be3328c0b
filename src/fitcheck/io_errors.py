"""Why a file cannot be read, in the same words everywhere."""

from pathlib import Path

from fitcheck.arguments import check_type
from fitcheck.nearest import nearest
from fitcheck.problems import DocumentError, Place, Problem, UsageError

NO_SUCH_FILE = "no such file"


def check_path(name: str, path: object, *, hint: str = "the path of a file") -> None:
    """
    Refuse an argument that is not a path.

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
    Return the problem of a file that cannot be read.

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
    """Suggest the file in the same folder that was probably meant."""
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except (OSError, ValueError):
        return "its folder does not exist either"
    return nearest(path.name, names, show=0)
