"""A copy of a built-in file to change: its text, under the id that its new name asks for."""

import re
from pathlib import Path
from typing import NamedTuple

from fitcheck.documents.any_content import kind_of_name
from fitcheck.documents.reading.fields import is_kebab
from fitcheck.documents.reading.finding import find
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError

OF_COSTS = """\
# A copy of the cost model {name}. Write "basis: own" beside each figure that you change, so that reports say so.
# Rates and margin of a company file come before those of this file.
"""
"""What stands at the head of a copied cost model."""


class ContentCopy(NamedTuple):
    """
    What is written, where, and how it is put to use.

    Attributes:
        use: one line for the reader.
    """

    file: Path
    text: str
    use: str


def content_copy(name: str, file: Path | None = None) -> ContentCopy:
    """
    Copy a built-in screen, rubric or cost model.

    A cost model gets a name of its own, so that hours in the company file that are meant for the built-in one do not
    come over it; a rubric keeps its id, by which screens weigh it.

    Args:
        name: as `load_any` takes it.
        file: to be written; None: named after what is copied, in this folder.

    Raises:
        UsageError: nothing built in is called so, or the file's name can't be an id.
    """
    kind = kind_of_name(name)
    bare = name.removeprefix(f"{kind}:")
    file = file or Path(f"{bare}-costs.yaml" if kind == "cost" else f"{bare}.yaml")
    if file.suffix != ".yaml" or not is_kebab(file.stem):
        message = f"{quoted(file.name)} can't name a {'cost model' if kind == 'cost' else kind}"
        raise UsageError(Problem("bad-id", message, hint=f"small letters, digits and -, such as our-{bare}.yaml"))
    if kind == "rubric" and file.stem != bare:
        message = f"a copy of the rubric {bare} is called {bare}.yaml: screens weigh it by that name"
        raise UsageError(Problem("bad-id", message, hint=str(file.with_name(f"{bare}.yaml"))))
    text = find(kind, name).read().decode("utf-8")
    text = re.sub(rf"^{kind}: .*$", f"{kind}: {file.stem}", text, count=1, flags=re.MULTILINE)
    match kind:
        case "cost":
            text = re.sub(
                r"^(cost: .*\n)", lambda first: first[0] + OF_COSTS.format(name=bare), text, count=1, flags=re.MULTILINE
            )
            use = f'write "cost_models: {{{bare}: {file.as_posix()}}}" in company.yaml'
        case "screen":
            use = f"fitcheck assess FILE --screen {file.as_posix()}"
        case _:
            use = f"name it in a screen of your own (fitcheck rubric copy pilot) in place of {bare}"
    return ContentCopy(file, text, use)
