"""The rules of the house that no linter knows; each test lists what breaks its rule."""

import ast
import os
import re
import statistics
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("engage", "surveys", "analysis", "reports")
NOT_OURS = {"var", "dist", "build", "node_modules", "__pycache__"}
BINARY = {".png", ".ico", ".woff2", ".npz", ".pdf", ".xlsx", ".sqlite", ".gz"}

OF_ONE_MACHINE = re.compile(
    r"(?<![\w.])/(work|root)/|\.\./shared|pypi\.org|python[h]osted|npmjs\.|deb\.debian\.org"
)
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|H[A]CK)\b")
WAIVER = re.compile(r"#\s*type:\s*ignore(?!\[[\w, -]+\]\s+#\s+\w)")
INLINE = re.compile(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
POST_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.IGNORECASE | re.DOTALL)

LONGEST_VIEW = 25
LONGEST_FUNCTION = 45
MEDIAN_FUNCTION = 10
LONGEST_FILE = 320  # about 300
LONGEST_TEST_FILE = 500


def files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in NOT_OURS and (name[0] != "." or name == ".ci")
        ]
        for name in names:
            path = Path(folder) / name
            kept = path.suffix not in BINARY and not name.startswith(".coverage")
            if kept and name != ".git":  # a file in a second working tree
                yield path


@cache
def texts() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files()}


def named(*endings: str, under: tuple[str, ...] = ()) -> dict[str, str]:
    return {
        name: text
        for name, text in texts().items()
        if name.endswith(endings) and (not under or Path(name).parts[0] in under)
    }


def modules() -> dict[str, ast.Module]:
    sources = named(".py", under=PACKAGES)
    return {
        name: ast.parse(text) for name, text in sources.items() if "migrations/versions" not in name
    }


def matches(pattern: re.Pattern[str], among: dict[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:90]}"
        for name, text in among.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


# --- Words and folders ----------------------------------------------------------------------


def test_nothing_names_a_folder_of_one_machine_or_a_package_index() -> None:
    assert matches(OF_ONE_MACHINE, texts()) == []


def test_nothing_is_left_for_later() -> None:
    assert matches(UNFINISHED, texts()) == []


def test_no_folder_or_module_is_named_after_nothing() -> None:
    vague = re.compile(r"(^|/)(utils?|helpers?|common|misc)(/|\.py$)")
    assert [name for name in texts() if vague.search(name)] == []


def test_a_waived_type_says_why() -> None:
    assert matches(WAIVER, named(".py")) == []


@pytest.mark.parametrize("script", ["bootstrap", "demo", "server", "test", "translations"])
def test_scripts_can_be_run(script: str) -> None:
    assert os.access(ROOT / "script" / script, os.X_OK)


# --- Sizes ----------------------------------------------------------------------------------

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Measured(NamedTuple):
    where: str
    lines: int
    is_view: bool


@cache
def functions() -> list[Measured]:
    return [
        Measured(f"{name}:{node.lineno} {node.name}", length(node), is_view(node))
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(function: Function) -> int:
    """Lines from the signature to the end; a docstring is free, so nobody saves on it."""
    first = function.body[0]
    explained = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if explained else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def is_view(function: Function) -> bool:
    calls = (node.func for node in function.decorator_list if isinstance(node, ast.Call))
    return any(
        isinstance(call, ast.Attribute) and call.attr in {"route", "get", "post"} for call in calls
    )


def test_a_view_fits_on_half_a_screen() -> None:
    assert [one for one in functions() if one.is_view and one.lines > LONGEST_VIEW] == []


def test_a_function_fits_on_a_screen() -> None:
    assert [one for one in functions() if one.lines > LONGEST_FUNCTION] == []


def test_most_functions_are_short() -> None:
    assert statistics.median(one.lines for one in functions()) <= MEDIAN_FUNCTION


def test_a_file_can_be_read_in_one_go() -> None:
    long = [
        f"{name}: {lines}"
        for name, text in named(".py").items()
        if "migrations/versions" not in name
        and (lines := text.count("\n"))
        > (LONGEST_TEST_FILE if name.startswith("tests") else LONGEST_FILE)
    ]
    assert long == []


# --- Layers ---------------------------------------------------------------------------------


def contract(identifier: str) -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    found: dict[str, list[str]] = next(one for one in contracts if one["id"] == identifier)
    return found


def modules_of(package: str) -> set[str]:
    return {
        f"{package}.{path.stem}"
        for path in (ROOT / package).iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }


def test_every_module_of_engage_belongs_to_the_floor_or_to_the_roof() -> None:
    placed = {
        name.strip() for layer in contract("one-way")["layers"] for name in re.split("[|:]", layer)
    }
    assert modules_of("engage") - placed == set()


@pytest.mark.parametrize(
    ("room", "pages"),
    [
        ("analysis", {"analysis.workbench"}),
        ("reports", {"reports.builder", "reports.desks", "reports.loop", "reports.public"}),
    ],
)
def test_every_package_of_a_room_is_pure_or_knows_no_web_or_is_pages(
    room: str, pages: set[str]
) -> None:
    kept = {
        module
        for one in (
            "analysis-is-a-library", "files-need-no-server", "questions-are-pure",
            "services-know-no-web",
        )
        for module in contract(one)["source_modules"]
    }  # fmt: skip
    assert modules_of(room) - kept - pages == set()


def test_services_leave_the_commit_to_their_caller() -> None:
    commits = re.compile(r"\.commit\(")
    services = {
        name: text
        for name, text in named(".py", under=PACKAGES).items()
        if "services" in Path(name).parts or Path(name).stem.endswith("services")
    }
    assert services
    assert matches(commits, services) == []


# --- Templates ------------------------------------------------------------------------------


def templates() -> dict[str, str]:
    found = named(".html", ".txt", ".xml", ".svg", under=("templates",))
    return {name.removeprefix("templates/"): text for name, text in found.items()}


def test_templates_hold_no_inline_script_or_style() -> None:
    # A file on somebody's disk and a mail have no style sheet beside them.
    alone = {"analysis/file_report.html", "mail/frame.html"}
    served = {name: text for name, text in templates().items() if name not in alone}
    assert matches(INLINE, served) == []


def test_every_posted_form_carries_its_token() -> None:
    bare = [
        name
        for name, text in templates().items()
        for form in POST_FORM.findall(text)
        if "csrf" not in form and "hidden_tag" not in form and 'name="token"' not in form
    ]
    assert bare == []


def spoken_of(tree: ast.AST) -> Iterator[str]:
    """Every string of a module, with what is filled in later as a wildcard."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^/]+"
                for part in node.values
            )


def named_by(template: str) -> Iterator[str]:
    """Every other template that one names: whole names, and names put together with ~."""
    tags = re.findall(r"\{%-?\s*(?:extends|include|import|from)\s+([^%]+?)%\}", template)
    for tag in tags:
        expression = tag.partition(" import ")[0]
        yield from map(re.escape, re.findall(r"[\"']([^\"']+)[\"']", expression))
        parts = [part.strip() for part in expression.split("~")]
        yield "".join(
            re.escape(part.strip("\"'")) if part[:1] in "\"'" else "[^/]+" for part in parts
        )


def test_every_template_is_used() -> None:
    wanted = {text for tree in modules().values() for text in spoken_of(tree) if "html" in text}
    reached: set[str] = set()
    while wanted:
        found = {name for name in templates() if any(re.fullmatch(one, name) for one in wanted)}
        new = found - reached
        reached |= new
        wanted = {one for name in new for one in named_by(templates()[name])}
    assert sorted(templates().keys() - reached) == []
