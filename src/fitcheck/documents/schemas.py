"""JSON Schema of the input files, for editors, and of the documents that fitcheck publishes, for readers."""

from typing import Any

from pydantic import TypeAdapter

from fitcheck.documents.cases import CaseFileModel
from fitcheck.documents.company import CompanyModel
from fitcheck.documents.costs import CostFileModel
from fitcheck.documents.mappings import MappingModel
from fitcheck.documents.prospects import ProspectModel
from fitcheck.documents.reading.fields import Model
from fitcheck.documents.replies import ReplyModel
from fitcheck.documents.rubrics import RubricModel
from fitcheck.documents.screens import ScreenModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MODELS: dict[str, type[Model]] = {
    "rubric": RubricModel,
    "screen": ScreenModel,
    "cost": CostFileModel,
    "prospect": ProspectModel,
    "company": CompanyModel,
    "mapping": MappingModel,
    "cases": CaseFileModel,
    "notes": ReplyModel,
}
KINDS = tuple(_MODELS)


def schema(kind: str) -> dict[str, Any]:
    """
    Return the JSON Schema (2020-12) of a kind of file, one of `KINDS`.

    >>> schema("rubric")["properties"]["title"]["description"]
    'As shown in reports.'
    """
    found: dict[str, Any] = _tidied(_MODELS[kind].model_json_schema())
    return {"$schema": DIALECT, "title": f"fitcheck {kind}", **found}


def _tidied(part: Any) -> Any:
    """Leave out titles made from names and defaults that say nothing of their own; refuse other keys."""
    if isinstance(part, list):
        return [_tidied(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    tidied = {
        key: _tidied(value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and (value is None or "const" in part))
    }
    return {**tidied, "additionalProperties": False} if "patternProperties" in tidied else tidied


def schema_of(document: type, name: str) -> dict[str, Any]:
    """
    Return the JSON Schema of a document as it is published under `name`; docstrings become descriptions.

    Further keys are allowed: later versions may add some.
    """
    found = _tidied(TypeAdapter(document).json_schema(mode="serialization"))
    return {"$schema": DIALECT, **found, "title": f"fitcheck {name}"}
