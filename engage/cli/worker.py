"""engage worker."""
# ruff: noqa: D301, PLC0415 - Click wants a true backspace, and --help must stay light

import logging

import click


@click.command(short_help="Do long work that pages and commands ask for.")
@click.option("--workers", default=1, show_default=True, help="Jobs done at the same time.")
def worker(workers: int) -> None:
    """Do long work, such as an analysis, until stopped with Ctrl-C or SIGTERM.

    A job whose worker was killed is done again by the next one. Several workers may run.

    \b
    Example:
      engage worker
    """
    from engage.cli.context import working_app
    from engage.worker import work

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for talkative in ("huey", "weasyprint", "fontTools"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    with working_app() as app:
        work(app, workers=workers)
