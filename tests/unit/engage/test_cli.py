import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from engage import cli

HEAVY = (
    "bertopic", "sklearn", "scipy", "numpy", "pandas", "onnxruntime",
    "weasyprint", "matplotlib", "wordcloud", "plotly", "openpyxl",
)  # fmt: skip


def loaded_by(code: str) -> set[str]:
    listing = f"import sys\n{code}\nprint(*sorted(sys.modules))"
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "code",
    [
        "from engage.cli import main\nmain(['--help'], standalone_mode=False)",
        "import engage.cli",
        "import engage.app, engage.rooms\nengage.rooms.learn_jobs()",
        "import engage.worker",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    assert loaded_by(code).isdisjoint(HEAVY)


def test_help_does_not_even_load_the_web() -> None:
    loaded = loaded_by("from engage.cli import main\nmain(['--help'], standalone_mode=False)")
    assert loaded.isdisjoint({"flask", "sqlalchemy", "huey"})


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself_in_the_words_of_the_list(name: str) -> None:
    command = cli.main.get_command(click.Context(cli.main), name)  # type: ignore[attr-defined]  # a group
    assert command is not None
    assert command.get_short_help_str(200) == cli.COMMANDS[name][1]
    shown = CliRunner().invoke(cli.main, [name, "--help"])
    assert shown.exit_code == 0, shown.output


def examples(command: click.Command, path: str) -> list[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        parts = [
            (name, command.get_command(context, name)) for name in command.list_commands(context)
        ]
        return [
            line for name, part in parts if part and not part.hidden
            for line in examples(part, f"{path} {name}")
        ]  # fmt: skip
    lines = [line.strip() for line in (command.help or "").splitlines()]
    shown = [line for line in lines if f"{path} " in f"{line} "]
    return shown or [f"MISSING {path}"]


def test_every_command_shows_an_example() -> None:
    assert [line for line in examples(cli.main, "engage") if line.startswith("MISSING")] == []


def test_an_unknown_command_is_refused() -> None:
    shown = CliRunner().invoke(cli.main, ["dance"])
    assert shown.exit_code == 2
    assert "No such command" in shown.output


def test_a_known_mistake_is_one_plain_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_MODE", "live")
    shown = CliRunner().invoke(cli.main, ["db", "upgrade"])
    assert shown.exit_code == 2
    assert shown.output.strip() == (
        "Error: ENGAGE_MODE is 'live'; use development, production or test."
    )


def test_analyse_wants_a_file_or_a_consultation() -> None:
    shown = CliRunner().invoke(cli.main, ["analyse"])
    assert shown.exit_code == 2
    assert "Name either a FILE or a --consultation." in shown.output
