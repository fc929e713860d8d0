"""engage demo: the whole walk on invented answers, from a questionnaire to a published page."""

import os
import signal
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

    from engage.demo.check import Finding
    from engage.demo.stages import Clock
    from reports.models import Publication


@click.command(short_help="Load invented answers and publish a report on them.")
@click.option("--port", default=8000, show_default=True, help="Port of the web server.")
@click.option("--check", is_flag=True, help="Prove that everything works, then stop.")
def demo(port: int, *, check: bool) -> None:
    r"""Load the demo, analyse it, publish its report, and start the web server and worker.

    Everything is invented: 859 answers of families, professionals and young people. What is
    already there is left as it is, so a second start is quick, and data that the demo did not
    make is never changed. ENGAGE_DATA_DIR says where everything is kept (var by default).

    \b
    Examples:
      engage demo
      engage demo --port 8080
      engage demo --check
    """
    from engage import settings as environment  # noqa: PLC0415  # not for --help
    from engage.app import create_app  # noqa: PLC0415
    from engage.demo import load  # noqa: PLC0415
    from engage.demo.processes import DemoError, require_free  # noqa: PLC0415

    require_free(port)
    os.environ.setdefault("ENGAGE_ORGANISATION", load.plan()["organisation"])
    os.environ.setdefault("ENGAGE_PUBLIC_URL", f"http://127.0.0.1:{port}")
    settings = environment.load()
    if settings.is_production:
        message = "The demo makes accounts with known names. Never run it in production."
        raise DemoError(message)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    sys.exit(_walk(create_app(settings), port, check=check))


def _walk(app: "Flask", port: int, *, check: bool) -> int:
    """Go through the stages with worker and server beside us; return the exit status."""
    from engage.db import db  # noqa: PLC0415
    from engage.demo import stages  # noqa: PLC0415
    from engage.demo.processes import running, wait_for  # noqa: PLC0415

    clock, site = stages.Clock(), f"http://127.0.0.1:{port}"
    settings = app.extensions["engage_settings"]
    with app.app_context():
        session = db.session()
        with clock.stage("Entering the answers"):
            password = stages.prepare(session, settings)
        with clock.stage("Reading every comment for safety"):
            stages.read_for_safety(session, settings)
        consultation = stages.closed_consultation(session)
        with running(settings, "worker"):
            with clock.stage("Analysing the comments"):
                run = stages.analyse(session, consultation)
            with clock.stage("Approving themes, answering them and publishing"):
                publication = stages.publish(session, settings, consultation, run)
            with running(settings, "serve", "--port", str(port)) as server:
                with clock.stage("Starting the web server"):
                    wait_for(server, site, settings.data_dir / "serve.log")
                findings = _check(publication, clock, site) if check else []
                _summary(publication, clock, site, password)
                return _verdict(findings) if check else _until_stopped()


def _check(publication: "Publication", clock: "Clock", site: str) -> "list[Finding]":
    from engage.db import db  # noqa: PLC0415
    from engage.demo.check import everything  # noqa: PLC0415

    with clock.stage("Fetching the pages and comparing them with the database"):
        return everything(db.session(), publication, site)


def _summary(publication: "Publication", clock: "Clock", site: str, password: str) -> None:
    """Say what was done, how long it took, and what to open."""
    from engage.db import db  # noqa: PLC0415
    from engage.demo import summary  # noqa: PLC0415

    click.echo()
    for line in summary.lines(db.session(), publication, clock.seconds):
        click.echo(line)
    click.echo()
    for line in summary.addresses(db.session(), publication, site, password):
        click.echo(line)


def _verdict(findings: "list[Finding]") -> int:
    """Print what was compared and return 0 only if everything was right."""
    click.echo()
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_right else 'FAIL'}  {finding.what}")
    wrong = sum(not finding.is_right for finding in findings)
    click.echo(f"\n{len(findings) - wrong} right, {wrong} wrong")
    return 1 if wrong or not findings else 0


def _until_stopped() -> int:
    """Keep the servers running until Ctrl-C or SIGTERM."""
    click.echo("\nPress Ctrl-C to stop. Everything is kept for the next start.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    except KeyboardInterrupt:
        click.echo("Stopped.")
    return 0
