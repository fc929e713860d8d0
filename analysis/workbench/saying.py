"""What the form of a comment says that it is about, and what it leaves unsaid."""

from collections.abc import Collection, Mapping, Sequence

from werkzeug.datastructures import MultiDict

from analysis.decided.codings import About
from analysis.models.store import STANCES

UNSAID: Mapping[str, tuple[str, str]] = {
    "save": (
        "#pick",
        "Nothing is ticked, so nothing was saved. Tick a theme, or say that it is about none.",
    ),
    "move": ("#to", "Choose the one theme that it is about. Nothing was saved."),
    "clauses": (
        "#clause-parts",
        "No part has a theme, so nothing was saved. Choose one, or say that it is about none.",
    ),
}
"""By the button that was pressed, where a form without a theme is mended, and what to say."""

Form = MultiDict[str, str]


def about(form: Form, in_use: Collection[str], before: Sequence[About]) -> list[About]:
    """Return what the form says: accepted as shown, moved, none, or as ticked.

    Args:
        form: as it was sent.
        in_use: ids of the themes that an answer can be about.
        before: what the answer is about now; its main theme and clauses stay where ticked.
    """
    act = form.get("act", "save")
    if act == "none":
        return []
    if act == "move":
        return [About(form["to"], is_primary=True)] if form.get("to") in in_use else []
    if act == "clauses":
        return _by_clause(form, in_use)
    known, main = {one.theme_id: one for one in before}, form.get("main", "")
    return [
        About(
            theme_id,
            theme_id == main if main else theme_id in known and known[theme_id].is_primary,
            _stance(form, theme_id),
            known[theme_id].clauses if theme_id in known else (),
        )
        for theme_id in dict.fromkeys(form.getlist("themes"))
        if theme_id in in_use
    ]  # fmt: skip


def mistake(form: Form, said: Sequence[About], gone: Sequence[str]) -> dict[str, str] | None:
    """Return what stops a form from counting and where to mend it, or None.

    Args:
        form: as it was sent.
        said: what it says.
        gone: names of themes that it holds and that went out of use meanwhile.
    """
    act = form.get("act", "save")
    href, text = UNSAID.get(act, UNSAID["save"])
    if gone:
        names = ", ".join(f"“{name}”" for name in gone)
        text = f"{names} went out of use while you were reading, so nothing was saved. Look again."
    elif said or act == "none":
        return None
    return {"href": href, "text": text}


def sent_themes(form: Form) -> list[str]:
    """Return the ids of every theme that the pressed button sends, each once."""
    act = form.get("act", "save")
    if act == "none":
        return []
    if act == "move":
        return [form.get("to", "")]
    if act == "clauses":
        return list(dict.fromkeys(v for name, v in form.items() if name.startswith("clause-")))
    return list(dict.fromkeys(form.getlist("themes")))


def _by_clause(form: Form, in_use: Collection[str]) -> list[About]:
    """Return the themes of a form that names one for each clause; the first is the main one."""
    found: dict[str, list[int]] = {}
    for name, theme_id in form.items():
        number = name.removeprefix("clause-")
        if name.startswith("clause-") and number.isdigit() and theme_id in in_use:
            found.setdefault(theme_id, []).append(int(number))
    main = form.get("main", "")
    return [
        About(theme_id, theme_id == main, _stance(form, theme_id), tuple(numbers))
        for theme_id, numbers in found.items()
    ]


def _stance(form: Form, theme_id: str) -> str | None:
    said = form.get(f"stance-{theme_id}", "")
    return said if said in STANCES else None
