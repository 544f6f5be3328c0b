"""JSON Schema of what people write, for editors, and of what fitcheck itself publishes, for readers."""

from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from fitcheck.documents.cost_model import CostFileModel
from fitcheck.documents.prospect_model import CompanyModel, ProspectModel
from fitcheck.documents.rubric_model import Model, RubricModel
from fitcheck.documents.screen_model import ScreenModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MODELS: dict[str, type[Model]] = {
    "rubric": RubricModel,
    "screen": ScreenModel,
    "cost": CostFileModel,
    "prospect": ProspectModel,
    "company": CompanyModel,
}
KINDS = tuple(_MODELS)

_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def schema(kind: str) -> dict[str, Any]:
    """
    Return the JSON Schema (2020-12) of a kind of file, one of `KINDS`.

    >>> schema("rubric")["properties"]["title"]["description"]
    'As shown in reports.'
    """
    found: dict[str, Any] = _tidied(_MODELS[kind].model_json_schema())
    return {"$schema": DIALECT, "title": f"fitcheck {kind}", **found}


def _tidied(part: Any) -> Any:
    """Leave out titles made from names and defaults that only say that a key may be missing; refuse other keys."""
    if isinstance(part, list):
        return [_tidied(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    tidied = {
        key: _tidied(value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }
    return {**tidied, "additionalProperties": False} if "patternProperties" in tidied else tidied


def schema_of(document: type, name: str) -> dict[str, Any]:
    """
    Return the JSON Schema of a `TypedDict` called `name`, and of those inside it; docstrings become descriptions.

    Further keys are allowed, as readers are told that keys may be added.
    """
    definitions: dict[str, Any] = {}
    reference = _schema_of(document, definitions)
    own = definitions.pop(reference["$ref"].rpartition("/")[2])
    return {"$schema": DIALECT, **own, "title": f"fitcheck {name}", "$defs": dict(sorted(definitions.items()))}


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if is_typeddict(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _typed_dict(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    arguments = get_args(kind)
    match get_origin(kind):
        case origin if origin is Literal:
            return {"enum": list(arguments)}
        case origin if origin in {Union, UnionType}:
            return {"anyOf": [_schema_of(argument, definitions) for argument in arguments]}
        case origin if origin is list:
            return {"type": "array", "items": _schema_of(arguments[0], definitions)}
        case origin if origin is dict:
            return {"type": "object", "additionalProperties": _schema_of(arguments[1], definitions)}
    raise TypeError(f"no JSON Schema for {kind}")


def _typed_dict(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    fields = {name: _schema_of(field, definitions) for name, field in get_type_hints(kind).items()}
    return {
        "title": kind.__name__,
        "description": getdoc(kind) or "",
        "type": "object",
        "properties": fields,
        "required": [name for name in fields if name in kind.__required_keys__],
    }
