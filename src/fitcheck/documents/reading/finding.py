"""Find files: resolve names and paths, and locate the built-in files."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePath
from typing import Literal, NamedTuple, get_args

from fitcheck.documents.reading.source import read_bytes
from fitcheck.nearest import closest, nearest, quoted

Kind = Literal["rubric", "screen", "cost", "mapping"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_FOLDERS: Mapping[Kind, str] = {
    "rubric": ".",
    "screen": "screens",
    "cost": "costs",
    "mapping": "mappings",
}
HERE = Path()

_SUFFIXES = (".yaml", ".yml", ".json")


class Source(NamedTuple):
    """
    A file to read.

    Attributes:
        path: where it is.
        file: its name for people; built-in files are named from `rubrics/` on.
        built_in: whether it ships with fitcheck.
    """

    path: Path
    file: str
    built_in: bool = False

    def read(self) -> bytes:
        """
        Return what stands in the file.

        Raises:
            DocumentError: it can't be read.
        """
        return read_bytes(self.path, self.file)


class UnknownNameError(LookupError):
    """No built-in file has this name; `meant` is a similar one, if any."""

    def __init__(self, kind: Kind, name: str) -> None:
        self.message = f"no built-in {_NOUNS[kind]} {quoted(name)}"
        self.meant = closest(name, names(kind))
        self.hint = hint_at(name, names(kind))
        super().__init__(self.message)


_NOUNS: Mapping[Kind, str] = {"rubric": "rubric", "screen": "screen", "cost": "cost model", "mapping": "mapping"}


@cache
def root() -> Path:
    """
    Return the folder of the built-in files.

    A wheel carries them inside the package; an editable install reads them from the repository.
    """
    package = Path(__file__).resolve().parents[2]
    shipped = package / "_rubrics"
    return shipped if shipped.is_dir() else package.parents[1] / "rubrics"


def names(kind: Kind) -> tuple[str, ...]:
    """Return the names of the built-in files of a kind, sorted."""
    folder = root() / _FOLDERS[kind]
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def is_path(name_or_path: str) -> bool:
    """
    Say whether this is a path rather than the name of a built-in file.

    >>> is_path("pilot"), is_path("pilot.yaml"), is_path("./pilot")
    (False, True, True)
    """
    return "/" in name_or_path or "\\" in name_or_path or name_or_path.lower().endswith(_SUFFIXES)


def is_file(name_or_path: str, known: Sequence[str], folder: Path = HERE) -> bool:
    """
    Say whether this is a file of your own: a path, or the name of an existing file.

    Args:
        name_or_path: as it was written.
        known: names of built-in files, which come before files of the same name.
        folder: that the path is relative to.
    """
    if is_path(name_or_path) or name_or_path in known:
        return is_path(name_or_path)
    with suppress(OSError, ValueError):  # an invalid file name matches no file
        return (folder / name_or_path).is_file()
    return False


def hint_at(name: str, known: Sequence[str]) -> str:
    """Return a hint for a name that is neither a built-in nor a file."""
    near = nearest(name, known)
    if PurePath(name).suffix:
        return "; ".join(filter(None, ("no such file either", near)))
    return near or "for a file of your own, give its path"


def find(kind: Kind, name_or_path: str | Path, *, beside: Source | None = None) -> Source:
    """
    Return the file that a name or a path means.

    Args:
        kind: what it should be.
        name_or_path: the name of a built-in file, with or without its kind and a colon before it, or any path, as a
            `Path` always is; see `is_file`.
        beside: the file that this was written in; paths are relative to its folder.

    Raises:
        UnknownNameError: neither a built-in file nor one of one's own has this name.
    """
    own = isinstance(name_or_path, Path)
    name = str(name_or_path).removeprefix(f"{kind}:")
    if not own and name in names(kind):
        path = root() / _FOLDERS[kind] / f"{name}.yaml"
        return Source(path, (Path("rubrics") / _FOLDERS[kind] / path.name).as_posix(), built_in=True)
    if not own and not is_file(str(name_or_path), (), beside.path.parent if beside else HERE):
        raise UnknownNameError(kind, str(name_or_path))
    if beside is None:
        return Source(Path(name_or_path), str(name_or_path))
    shown = Path(beside.file).parent / name_or_path
    return Source(beside.path.parent / name_or_path, shown.as_posix(), beside.built_in)
