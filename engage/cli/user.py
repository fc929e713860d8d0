"""engage user."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import secrets
import sys

import click

ROLE_NAMES = (
    "administrator", "engagement_officer", "analyst", "approver", "co_owner",
    "safeguarding_reader", "safeguarding_deputy", "facilitator",
)  # fmt: skip


@click.group(short_help="Make accounts for staff.")
def user() -> None:
    """Make accounts for staff. People who answer surveys never need one."""


@user.command()
@click.argument("email")
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLE_NAMES),
    multiple=True,
    required=True,
    help="What the person may do. Give it again for a second role.",
)
@click.option("--title", default="", help='Shown beside what they do, such as "Data analyst".')
@click.option("--generate", is_flag=True, help="Make up a password and print it once.")
def create(email: str, roles: tuple[str, ...], title: str, generate: bool) -> None:
    """Make an account for EMAIL. The password is asked for, or read from standard input.

    \b
    Examples:
      engage user create ana@example.org --role analyst --title "Data analyst"
      engage user create leader@example.org --role engagement_officer --role approver --generate
    """
    from engage.accounts import create_user
    from engage.cli.context import ACTOR, working_session
    from engage.orm import utc_now

    password = secrets.token_urlsafe(12) if generate else _ask()
    with working_session() as session:
        made = create_user(
            session,
            email=email,
            password=password,
            roles=roles,
            display_name=title,
            actor=ACTOR,
            now=utc_now(),
        )
        address = made.email
    click.echo(f"{address} can sign in at /desk/sign-in as {', '.join(roles)}.")
    if generate:
        click.echo(f"Password (shown only now): {password}")


def _ask() -> str:
    """Return a password typed twice, or the first line of standard input if it is not a screen."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
