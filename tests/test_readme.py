"""The README is tested: every command it shows exists, with the options it shows."""

import re
import shlex
from pathlib import Path

import click
import pytest

from engage.cli import main

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\$ )?((?:[A-Z_]+=\S+ )*)((?:\./)?script/|(?:\.venv/bin/)?engage )")


def shown() -> list[str]:
    blocks = FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    lines = (line.strip() for block in blocks for line in block.splitlines())
    return [COMMAND.sub(r"\2", line) for line in lines if COMMAND.match(line)]


def options_of(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts} | {"--help"}


def command_named(words: list[str]) -> click.Command:
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"engage knows no {word!r}"
        command = found
    return command


def test_the_readme_explains_every_setting() -> None:
    named = re.compile(r"ENGAGE_[A-Z0-9_]*[A-Z0-9]")
    read = set(named.findall((ROOT / "engage" / "settings.py").read_text(encoding="utf-8")))
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    rows = {name for line in lines if line.startswith("|") for name in named.findall(line)}
    assert read - rows == set()
    assert len(read) > 10


def test_the_readme_shows_the_two_commands() -> None:
    first_words = {line.split()[0] for line in shown()}
    assert first_words >= {"script/demo", "script/test"}


@pytest.mark.parametrize("line", shown())
def test_a_command_of_the_readme_exists(line: str) -> None:
    first, *words = shlex.split(line, comments=True)
    asked = {word.partition("=")[0] for word in words if word.startswith("--")}
    if "script/" in first:
        script = ROOT / first
        known = set(re.findall(r"--[a-z-]+", script.read_text(encoding="utf-8")))
        known |= options_of(command_named([script.name])) if script.name == "demo" else set()
    else:
        known = options_of(command_named([word for word in words if not word.startswith("-")]))
    assert asked - known == set()


def test_the_notebook_lines_of_the_readme_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = (ROOT / "tests/unit/analysis/labelled.csv").read_text(encoding="utf-8")
    comments = answers.replace("text,", "Comment,", 1)
    (tmp_path / "comments.csv").write_text(comments, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    for lines, shown_by_them in ((first, "3 rows"), (second, "{1: ")):
        exec(compile(lines, "README.md", "exec"), {})  # noqa: S102  # our own words
        assert shown_by_them in capsys.readouterr().out
