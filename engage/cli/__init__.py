"""The command `engage`: one file for each family of commands, loaded only when it is called."""
# ruff: noqa: D301 - Click wants a true backspace before lines it must not wrap

import importlib
from typing import Any

import click

from engage import __version__

ROOMS = frozenset({"engage", "surveys", "analysis", "reports"})
COMMANDS = {
    "serve": ("engage.cli.serve:serve", "Start the web server."),
    "worker": ("engage.cli.worker:worker", "Do long work that pages and commands ask for."),
    "demo": ("engage.demo.commands:demo", "Load invented answers and publish a report on them."),
    "db": ("engage.cli.db:db", "Look after the tables of the database."),
    "user": ("engage.cli.user:user", "Make accounts for staff."),
    "survey": ("engage.cli.survey:survey", "Import, export, open and close surveys."),
    "session": ("engage.cli.session:session", "Look after meetings in which a group answers."),
    "analyse": ("engage.cli.analyse:analyse", "Find themes in comments."),
    "carry-on": ("engage.cli.analyse:carry_on", "Let late answers join the approved themes."),
    "report": ("engage.cli.report:report", 'Build and publish a "You said, we did".'),
    "notice": ("engage.cli.notice:notice", "Keep versions of the privacy notice."),
    "contacts": ("engage.cli.contacts:contacts", "Look after the addresses of who wants to hear."),
    "equality": ("engage.cli.equality:equality", "Destroy the keys of equality answers in time."),
    "safeguarding": (
        "engage.cli.safeguarding:safeguarding",
        "See what waits to be read for safety.",
    ),
    "audit": ("engage.cli.audit:audit", "Check the record of who did what."),
}


class KnownError(click.ClickException):
    """A mistake that Engage can name: one plain sentence, exit status 2, no traceback."""

    exit_code = 2


class Rooms(click.Group):
    """A group that knows its commands by name, and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order people meet them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Turn our own named errors into one plain sentence; let others show where they arose."""
        try:
            return super().invoke(ctx)
        except ValueError as error:
            if type(error).__module__.partition(".")[0] in ROOMS:
                raise KnownError(str(error)) from error
            raise


@click.command(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="engage")
def main() -> None:
    """Ask families about SEND, understand what they wrote, show what was done about it.

    \b
    To try it out:
      engage db upgrade
      engage demo
      engage serve

    \b
    To find themes in any table of comments, with no database at all:
      engage analyse comments.csv --text Comment --out themes/

    Settings are read from the environment: ENGAGE_DATA_DIR says where everything is kept.
    Every command explains itself: engage survey --help
    """
