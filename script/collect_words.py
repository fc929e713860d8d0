"""Collect every word that can be said in another language, and write it into the catalogues."""

import ast
import gc
import re
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml
from jinja2.ext import babel_extract

from engage import resources
from surveys import document, notice, questions
from surveys.editions import catalogues
from surveys.editions.catalogues import Words
from surveys.questions import LANGUAGES
from surveys.questions.wording import Fixed

VALUE = re.compile(r"%\(\w+\)[sd]")
LETTER = re.compile(r"[^\W\d_]")
ROOT = Path(__file__).resolve().parents[1]
SAID = {"filled", "noted", "Message", "Fixed", "Wording", "say", "_", "gettext"}
PASSAGES = {"Passage"}
KEYWORDS = ("_", "gettext", "ngettext")


def of_pages() -> set[Words]:
    """Return the words of templates, of messages, and those that question kinds bring."""
    brought = {one.standard for one in gc.get_objects() if isinstance(one, Fixed)}
    return {
        words
        for words in (*_in_templates(), *_in_sources(), *brought)
        if words and LETTER.search(VALUE.sub("", _first(words)))
    }


def of_documents() -> Iterator[tuple[str, set[Words]]]:
    """Yield each shipped questionnaire's code and words, and last labels and privacy notices."""
    labels: set[Words] = set()
    for path in sorted(document.FOLDER.glob("*.yaml")):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        labels.update(catalogues.labels_of(written))
        yield written["code"], set(catalogues.words_of(written))
    yield "taxonomy", labels
    yield notice.CATALOGUE, set(_in_notices())


def _in_notices() -> Iterator[str]:
    for path in sorted(notice.FOLDER.glob("*.yaml")):
        yield from catalogues.words_of(yaml.safe_load(path.read_text(encoding="utf-8")))


def _in_templates() -> Iterator[Words]:
    for path in sorted(resources.templates().rglob("*.html")):
        with path.open("rb") as file:
            found = babel_extract(file, KEYWORDS, [], {"silent": "false", "encoding": "utf-8"})
            for _, function, said, _ in found:
                yield (said[0], said[1]) if function == "ngettext" else _first(said)


def _first(said: object) -> str:
    return str(said[0] if isinstance(said, tuple) else said)


def _in_sources() -> Iterator[str]:
    for path in sorted((ROOT / "surveys").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                yield from _spoken(_name(node.func), node.args[0])


def _name(function: ast.expr) -> str:
    return getattr(function, "id", None) or getattr(function, "attr", "")


def _spoken(name: str, argument: ast.expr) -> Iterator[str]:
    """Yield what one call says: its first argument, or each paragraph of it."""
    parts = argument.elts if isinstance(argument, ast.Tuple) and name in PASSAGES else [argument]
    if name in SAID | PASSAGES:
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def main(check: bool) -> int:
    """Write the catalogues, or see what writing would change; return how many are behind."""
    behind = 0
    everything: list[tuple[str, Collection[Words]]] = [*of_documents(), ("messages", of_pages())]
    for language in LANGUAGES:
        for code, words in everything:
            path = catalogues.path_of_pages(language)
            path = path if code == "messages" else catalogues.path_of(code, language)
            behind += _bring_up_to_date(path, language, words, check)
    return behind


def _bring_up_to_date(
    path: Path, language: questions.Edition, words: Collection[Words], check: bool
) -> int:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / path.name if check else path
        if check and before:
            target.write_text(before, encoding="utf-8")
        missing = catalogues.update(target, language, words)
        changed = target.read_text(encoding="utf-8") != before
    print(f"{path.relative_to(ROOT)}: {len(missing)} to translate{', changed' * changed}")
    return int(changed or bool(missing))


if __name__ == "__main__":
    checking = "--check" in sys.argv[1:]
    sys.exit(min(main(checking), 1) if checking else main(checking) * 0)
