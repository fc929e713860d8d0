"""engage report build --all: every format in a folder, of the draft or of what is published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy.orm import Session

from engage.cli import main
from engage.settings import Settings
from reports.models import PublicationFile, Report
from reports.publishing import services
from tests.conftest import SECRET
from tests.integration.reports import scenario as made

Engage = Callable[..., Result]


@pytest.fixture
def engage(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, no_pdf: None) -> Engage:
    """Run a command against the test's database, as somebody at a terminal would."""
    del app, no_pdf
    for name, value in {
        "ENGAGE_MODE": "test",
        "ENGAGE_DATA_DIR": str(settings.data_dir),
        "ENGAGE_DATABASE_URL": settings.database_url,
        "ENGAGE_SECRET_KEY": SECRET,
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(main, [*map(str, words)])


def test_the_draft_and_what_is_published_are_written_to_a_folder(
    engage: Engage, session: Session, report: Report, settings: Settings, tmp_path: Path
) -> None:
    session.commit()
    build = ("report", "build", "send-strategy", "--all", "--out")
    assert "Nothing is published yet" in engage(*build, tmp_path / "a").output

    done = engage(*build, tmp_path / "draft", "--draft")
    assert done.exit_code == 0, done.output
    assert "1 files are in" in done.output
    assert [one.name for one in (tmp_path / "draft").iterdir()] == ["send-strategy-v1-draft.pdf"]

    publication = services.publish(
        session, report, settings=settings, actor=made.ACTOR, now=made.NOW
    )
    session.commit()
    assert engage(*build, tmp_path / "files").exit_code == 0
    kept = session.get(PublicationFile, (publication.id, "pdf"))
    assert kept is not None
    assert (tmp_path / "files" / "send-strategy-v1.pdf").read_bytes() == kept.content


@pytest.mark.parametrize("words", [["--all"], ["--out", "x"], ["--draft"]])
def test_options_that_need_each_other_say_so(engage: Engage, words: list[str]) -> None:
    done = engage("report", "build", "send-strategy", *words)
    assert done.exit_code == 2
    assert "Use --all and --out together" in done.output
