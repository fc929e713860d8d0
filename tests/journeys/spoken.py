"""What a screen reader says of a page, in its order, as plain lines.

Read from Chromium's accessibility tree, which is what NVDA, JAWS and TalkBack get. Each line is
one thing that is spoken: its role, its name, its state, and what describes it. Indented lines
belong to the group above them.
"""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

SPOKEN_ROLES = {
    "RadioButton": "radio button",
    "radio": "radio button",
    "checkbox": "tick box",
    "textbox": "text box",
    "combobox": "list to open",
    "MenuListPopup": "",
    "spinbutton": "number box",
    "button": "button",
    "link": "link",
    "group": "group",
    "radiogroup": "group",
    "image": "picture",
    "img": "picture",
    "list": "list",
    "alert": "alert",
    "region": "region",
    "navigation": "navigation",
    "DisclosureTriangle": "more",
    "Details": "details",
    "SvgRoot": "picture",
    "Audio": "sound",
    "Video": "video",
    "option": "choice",
}
SAYS_ITS_NAME = {*SPOKEN_ROLES, "heading"} - {"list", "MenuListPopup"}
STATES = {
    "checked": "chosen",
    "invalid": "wrong",
    "required": "must be answered",
    "expanded": "open",
}
NOT_SAID = {"false", "none", ""}


def transcript(page: Page, selector: str = "main") -> str:
    """Return the lines for one part of a page."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    about = session.send("DOM.describeNode", {"nodeId": found})["node"]["backendNodeId"]
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    (start,) = (node for node in nodes if node.get("backendDOMNodeId") == about)
    lines = list(_lines(start, by_id, 0))
    return "\n".join(line for place, line in enumerate(lines) if not _is_label(lines, place)) + "\n"


def _lines(node: dict[str, Any], by_id: dict[str, Any], depth: int) -> Iterator[str]:
    role = node.get("role", {}).get("value", "")
    said = "" if node.get("ignored") else _said(node, role)
    if said:
        yield "  " * depth + said
    if said and _is_whole(node, role):
        return
    for child in node.get("childIds", ()):
        below = by_id.get(child)
        if below is not None and not _repeats(below, node):
            yield from _lines(below, by_id, depth + bool(said))


def _is_label(lines: list[str], place: int) -> bool:
    """Tell whether a line only says the name of what stands next to it, which speaks it itself."""
    label = re.compile(rf"[a-z ]+: {re.escape(lines[place].strip())}(,|$)")
    around = lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]
    return any(label.match(line.strip()) for line in around)


def _said(node: dict[str, Any], role: str) -> str:
    name = _words(node, "name")
    if role == "StaticText":
        return name
    if role == "heading":
        return f"heading {_property(node, 'level')}: {name}"
    if role == "list":
        return f"list of {len(node.get('childIds', ()))}"
    if role not in SAYS_ITS_NAME:
        return ""
    parts = [f"{SPOKEN_ROLES[role]}: {name}" if name else SPOKEN_ROLES[role]]
    parts += [spoken for state, spoken in STATES.items() if _is(node, state)]
    value = _words(node, "value")
    parts += [f"holds “{value}”"] if value and value != name else []
    described = _words(node, "description")
    parts += [f"({described})"] if described else []
    return ", ".join(parts)


def _is_whole(node: dict[str, Any], role: str) -> bool:
    """Tell whether everything inside has been said with the thing itself."""
    return role in {"heading", "button", "link", "StaticText"} or (
        role in {"RadioButton", "radio", "checkbox", "textbox", "combobox", "spinbutton", "image"}
        and node.get("role", {}).get("value") != "group"
    )


def _repeats(below: dict[str, Any], node: dict[str, Any]) -> bool:
    """Tell whether a child only says its group's name again, as a legend does."""
    named = _words(node, "name")
    return (
        bool(named)
        and below.get("role", {}).get("value") == "StaticText"
        and (_words(below, "name") == named)
    )


def _words(node: dict[str, Any], what: str) -> str:
    value = node.get(what, {}).get("value", "")
    return " ".join(str(value).split())


def _property(node: dict[str, Any], name: str) -> str:
    for one in node.get("properties", ()):
        if one["name"] == name:
            return str(one["value"].get("value", ""))
    return ""


def _is(node: dict[str, Any], state: str) -> bool:
    return _property(node, state).lower() not in NOT_SAID
