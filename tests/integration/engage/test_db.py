"""What the database gives away to others: nothing."""

import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from engage.app import create_app
from engage.db import db
from engage.settings import Settings

WORDS = "my son is called"


def test_a_failed_statement_is_logged_without_peoples_words(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text("INSERT INTO answer (value) VALUES (:words)"), {"words": WORDS})
    assert WORDS not in str(refused.value)


def test_the_file_of_answers_is_its_owners_alone(tmp_path: Path) -> None:
    settings = Settings(mode="test", data_dir=tmp_path / "new")
    app: Flask = create_app(settings)
    path = Path(make_url(settings.database).database or "")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == stat.S_IRWXU
    with app.app_context():
        db.engine.dispose()
