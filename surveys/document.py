"""Questionnaire documents: reading files, checking them, filling in code lists, naming versions."""

import copy
import functools
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import jsonschema
import yaml

from surveys.questionnaire import DocumentError, Questionnaire, build

FOLDER = Path(__file__).resolve().parent / "documents"
SCHEMA = FOLDER / "schema.json"
EQUALITY = FOLDER / "equality.yaml"


LONGEST_MESSAGE = 160
#: Lists that are too long to show at once, with the list that their parents are codes of.
GROUPS = {"professional_roles": "sectors"}
IN_GROUPS = frozenset({"single", "multi"})


class ListTerm(Protocol):
    """What an option needs from a line of a code list."""

    @property
    def code(self) -> str:
        """Return what is stored."""

    @property
    def label(self) -> str:
        """Return the words of the standard edition."""

    @property
    def easy_label(self) -> str:
        """Return the words of easy read."""

    @property
    def picture(self) -> str:
        """Return the name of the picture."""

    @property
    def parent(self) -> str:
        """Return the code of what it belongs under, in this list or another."""


Lists = Callable[[str], Sequence[ListTerm]]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, eight times as fast


def load(path: Path) -> dict[str, Any]:
    """Read one YAML or JSON document; raise DocumentError when it is not one."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # safe, see there
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DocumentError([f"{path.name} is not readable YAML: {error}"]) from error
    if not isinstance(document, dict):
        raise DocumentError([f"{path.name} is empty or is not a questionnaire."])
    return document


def shipped() -> dict[str, Path]:
    """Return the questionnaires that come with Engage, by code."""
    surveys = (path for path in sorted(FOLDER.glob("*.yaml")) if path != EQUALITY)
    return {path.stem.replace("_", "-"): path for path in surveys}


def complete(document: Mapping[str, Any], lists: Lists) -> dict[str, Any]:
    """Check a document against the schema and return it with its code lists filled in."""
    found = list(_schema_mistakes(document))
    if found:
        raise DocumentError(found)
    filled = copy.deepcopy(dict(document))
    for page in filled["pages"]:
        asked = page["question"]
        if "list" in asked:
            asked |= _from_list(asked["kind"], asked["list"], lists)
        if "exclusive" in asked:
            _put_last(asked["options"], asked["exclusive"])
    return filled


def canonical(document: Mapping[str, Any]) -> str:
    """Return the one spelling of a document that is stored and hashed."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the hash that names a version."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Questionnaire:
    """Build the questionnaire of a stored document."""
    return build(json.loads(text), digest=digest(text))


@functools.cache
def schema() -> Mapping[str, Any]:
    """Return the published JSON Schema."""
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def _from_list(kind: str, name: str, lists: Lists) -> dict[str, Any]:
    """Return the options of a code list, and the groups of a long one."""
    terms = lists(name)
    if name not in GROUPS or kind not in IN_GROUPS:
        return {"options": [_option(term) for term in terms]}
    groups = {term.code: _option(term) for term in lists(GROUPS[name])}
    options = [
        _option(term) | ({"group": term.parent} if term.parent in groups else {}) for term in terms
    ]
    return {"options": options, "groups": list(groups.values())}


def _put_last(options: list[dict[str, Any]], exclusive: str) -> None:
    """Move what rules out all others to the end, out of any group: there the page says "or"."""
    for option in options:
        if option["key"] == exclusive:
            option.pop("group", None)
    options.sort(key=lambda option: option["key"] == exclusive)


def _option(term: ListTerm) -> dict[str, str]:
    words = {"key": term.code, "standard": term.label, "easy": term.easy_label}
    return {**words, "picture": term.picture}


def _schema_mistakes(document: Mapping[str, Any]) -> Iterator[str]:
    validator = jsonschema.validators.validator_for(schema())(schema())
    for error in sorted(validator.iter_errors(document), key=lambda found: list(found.path)):
        place = _place(document, list(error.absolute_path))
        yield f"{place}: {_explain(error)}"


def _place(document: Mapping[str, Any], path: Sequence[str | int]) -> str:
    """Name the page rather than its number, because that is what the author searches for."""
    if path[:1] == ["pages"] and len(path) > 1:
        page = document["pages"][path[1]]
        name = page.get("id", path[1]) if isinstance(page, dict) else path[1]
        rest = ".".join(str(part) for part in path[2:])
        return f'Page "{name}"' + (f", {rest}" if rest else "")
    return "At " + ".".join(str(part) for part in path) if path else "In the document"


def _explain(error: jsonschema.ValidationError) -> str:
    if error.validator == "required":
        return f"{error.message}; add it."
    if error.validator in {"additionalProperties", "unevaluatedProperties"}:
        return f"{error.message}; remove or rename it."
    if error.validator == "enum":
        allowed = ", ".join(str(value) for value in cast("list[Any]", error.validator_value))
        return f"{error.instance!r} is not known; use one of {allowed}."
    return f"{_shortened(error.message)}."


def _shortened(message: str) -> str:
    """Keep a sentence readable when the validator quotes half the document in it."""
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]} …"
