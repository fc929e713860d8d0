"""The frame that people agreed: codes with ids that stay, whatever happens to their names.

A code that comes from last year's frame says so (`carried_from`), so that a theme can be followed
through the years although each consultation keeps themes of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

CodeId = str
Change = Literal["added", "renamed", "redefined", "moved", "retired", "kept"]


@dataclass(frozen=True)
class Code:
    """One code of a frame.

    Attributes:
        id: never changes, and is never used for another code.
        name: what people call it.
        definition: what it means, includes and excludes; may be empty.
        parent: id of the broader code it is nested in, or None.
        carried_from: id of the code it continues from an earlier frame, or None.
        in_use: False once people took it out of use.
        examples: redacted words that show it.
    """

    id: CodeId
    name: str
    definition: str = ""
    parent: CodeId | None = None
    carried_from: CodeId | None = None
    in_use: bool = True
    examples: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything that says what the code means, for a machine that compares words."""
        return ". ".join(part for part in (self.name, self.definition) if part)


class FrameError(ValueError):
    """A frame contradicts itself: an id twice, or a parent that is not there."""


@dataclass(frozen=True)
class CodeFrame:
    """The codes of one consultation, in the order people read them.

    Raises:
        FrameError: an id appears twice, a parent is missing, or a code is inside itself.
    """

    codes: tuple[Code, ...]
    _places: Mapping[CodeId, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a frame that contradicts itself."""
        places = {code.id: place for place, code in enumerate(self.codes)}
        if len(places) < len(self.codes):
            message = "Two codes have the same id."
            raise FrameError(message)
        object.__setattr__(self, "_places", places)
        for code in self.codes:
            self._check_parents(code)

    def __iter__(self) -> Iterator[Code]:
        """Go through the codes in order."""
        return iter(self.codes)

    def __len__(self) -> int:
        """Return how many codes there are, those out of use too."""
        return len(self.codes)

    def __contains__(self, code_id: object) -> bool:
        """Tell whether a code of that id is in the frame."""
        return code_id in self._places

    def __getitem__(self, code_id: CodeId) -> Code:
        """Return a code by its id; raise KeyError when there is none."""
        return self.codes[self._places[code_id]]

    def in_use(self) -> tuple[Code, ...]:
        """Return the codes that answers may be given now."""
        return tuple(code for code in self.codes if code.in_use)

    def children(self, parent: CodeId | None) -> tuple[Code, ...]:
        """Return the codes right under one, or the broadest ones for None."""
        return tuple(code for code in self.codes if code.parent == parent)

    def _check_parents(self, code: Code) -> None:
        seen, above = {code.id}, code.parent
        while above is not None:
            if above not in self._places:
                message = f"The code “{code.name}” is inside a code that is not in the frame."
                raise FrameError(message)
            if above in seen:
                message = f"The code “{code.name}” is inside itself."
                raise FrameError(message)
            seen.add(above)
            above = self[above].parent


def names_apart(frame: CodeFrame) -> dict[CodeId, str]:
    """Return a name of its own for each code: other tools take two of one name for the same.

    The second “Waiting” becomes “Waiting (2)”, whatever its capitals.
    """
    taken = {code.name.casefold() for code in frame}
    found: dict[CodeId, str] = {}
    used: set[str] = set()
    for code in frame:
        name, number = code.name, 2
        while name.casefold() in used or (name != code.name and name.casefold() in taken):
            name, number = f"{code.name} ({number})", number + 1
        used.add(name.casefold())
        found[code.id] = name
    return found


@dataclass(frozen=True)
class ChangeNote:
    """What became of one code between two frames, in words that can be printed.

    Attributes:
        change: what kind of change.
        code: id in the later frame; in the earlier one when it was retired.
        before: its name in the earlier frame, or "".
        after: its name in the later frame, or "".
        note: one plain sentence.
    """

    change: Change
    code: CodeId
    before: str
    after: str
    note: str


def change_notes(earlier: CodeFrame, later: CodeFrame) -> tuple[ChangeNote, ...]:
    """Say what changed from one frame to the next, code by code; a code may have two notes.

    A code of the later frame continues an earlier one when it carries on from it or has its id.
    """
    origins = {code.id: _origin(earlier, code) for code in later}
    notes = [note for code in later for note in _notes(earlier, later, code, origins)]
    carried = {origins[code.id] for code in later if code.in_use}
    gone = [code for code in earlier.in_use() if code.id not in carried]
    return (*notes, *(_note("retired", code.id, code.name, "") for code in gone))


def _origin(earlier: CodeFrame, code: Code) -> CodeId | None:
    if code.carried_from in earlier:
        return code.carried_from
    return code.id if code.id in earlier else None


def _notes(
    earlier: CodeFrame, later: CodeFrame, code: Code, origins: Mapping[CodeId, CodeId | None]
) -> list[ChangeNote]:
    origin = origins[code.id]
    if not code.in_use:
        return []
    if origin is None:
        return [_note("added", code.id, "", code.name)]
    old = earlier[origin]
    above = None if code.parent is None else origins[later[code.parent].id]
    changes: Sequence[tuple[Change, bool]] = (
        ("renamed", old.name != code.name),
        ("redefined", old.definition != code.definition),
        ("moved", old.parent != above),
    )
    found: list[Change] = [change for change, happened in changes if happened]
    return [_note(change, code.id, old.name, code.name) for change in found or ["kept"]]


def _note(change: Change, code: CodeId, before: str, after: str) -> ChangeNote:
    sentences: Mapping[Change, str] = {
        "added": f"“{after}” is new.",
        "renamed": f"“{before}” is now called “{after}”.",
        "redefined": f"What “{after}” means was written anew: compare its numbers with care.",
        "moved": f"“{after}” is in another place among the broader themes.",
        "retired": f"“{before}” is no longer in use.",
        "kept": f"“{after}” is as it was.",
    }
    return ChangeNote(change, code, before, after, sentences[change])
