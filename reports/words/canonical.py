"""Typed JSON in both directions for frozen dataclasses: one text for one value, nothing unknown.

A published report is kept as text. Reading it back checks every field's name and type, so the
text can never drift from the dataclasses that describe it.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import types
import typing
from typing import Any, TypeVar

Shape = TypeVar("Shape")


class ShapeError(ValueError):
    """The text is not the document it should be; the message names the field."""


def dumps(value: Any) -> str:
    """Write a dataclass as JSON with sorted keys and no spare spaces: equal values, equal text."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loads(kind: type[Shape], text: str) -> Shape:
    """Read text written by dumps; raise ShapeError for missing, extra or mistyped fields.

    A field that came later has a default, which stands where an older text does not have it.
    """
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        message = "The document is not JSON."
        raise ShapeError(message) from error
    value: Shape = _typed(kind, raw, kind.__name__)
    return value


def part(kind: type[Shape], text: str) -> Shape:
    """Read only those fields of a text that a dataclass names; the others are left alone."""
    raw = json.loads(text)
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]  # a dataclass
    value: Shape = _typed(kind, {key: raw[key] for key in raw if key in names}, kind.__name__)
    return value


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal: its fingerprint in the records."""
    return digest_bytes(text.encode())


def digest_bytes(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _typed(kind: Any, raw: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in {types.UnionType, typing.Union}:
        return _optional(kind, raw, where)
    if origin is tuple:
        return _items(typing.get_args(kind)[0], raw, where)
    if origin is typing.Literal:
        return _member(kind, raw, where)
    if dataclasses.is_dataclass(kind):
        return _fields(kind, raw, where)
    if kind is dt.date:
        return _day(raw, where)
    return _scalar(kind, raw, where)


def _optional(kind: Any, raw: Any, where: str) -> Any:
    if raw is None:
        return None
    (inner,) = (option for option in typing.get_args(kind) if option is not type(None))
    return _typed(inner, raw, where)


def _items(kind: Any, raw: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        msg = f"{where} should be a list."
        raise ShapeError(msg)
    return tuple(_typed(kind, item, f"{where}[{place}]") for place, item in enumerate(raw))


def _member(kind: Any, raw: Any, where: str) -> Any:
    if raw not in typing.get_args(kind):
        msg = f"{where} is {raw!r}, which is not one of its choices."
        raise ShapeError(msg)
    return raw


def _fields(kind: Any, raw: Any, where: str) -> Any:
    if not isinstance(raw, dict):
        msg = f"{where} should be an object."
        raise ShapeError(msg)
    hints = typing.get_type_hints(kind)
    names = {field.name: field.default for field in dataclasses.fields(kind)}
    later = {name for name, value in names.items() if value is not dataclasses.MISSING}
    if odd := sorted((names.keys() - later - raw.keys()) | (raw.keys() - names.keys())):
        msg = f"{where} has missing or unknown fields: {', '.join(odd)}."
        raise ShapeError(msg)
    return kind(**{name: _typed(hints[name], raw[name], f"{where}.{name}") for name in raw})


def _day(raw: Any, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        msg = f"{where} is not a date."
        raise ShapeError(msg) from error


def _scalar(kind: Any, raw: Any, where: str) -> Any:
    if type(raw) is not kind:
        msg = f"{where} should be {kind.__name__}."
        raise ShapeError(msg)
    return raw
