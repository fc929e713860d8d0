"""Databases to measure on: a PostgreSQL of our own, surveys to answer, and many stored answers."""

import contextlib
import dataclasses
import datetime as dt
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import floor
import psycopg
import yaml
from sqlalchemy import Engine, create_engine, insert, make_url, text
from sqlalchemy.orm import Session

import surveys
from engage import migrations
from engage.consultations import Plan, plan_consultation
from engage.db import make_durable
from engage.orm import utc_now
from surveys import queries, services
from surveys.models import Answer, Response, Survey

SLUG = "measured"
ACTOR = "benchmark"
ANSWERS_EACH = 20
ROWS_AT_ONCE = 20_000
DOCUMENTS = Path(surveys.__file__).parent / "documents"
PROGRAMS = ("/usr/lib/postgresql", "/usr/local/pgsql")


@dataclasses.dataclass
class Database:
    """One database with a survey that is open and a number of answers stored before."""

    kind: str
    address: str
    stored: int

    @property
    def name(self) -> str:
        """Return what to call it in a report."""
        return f"{self.kind}, {self.stored:,} answers stored"


def prepare(address: str, questionnaire: str, stored: int) -> None:
    """Make the tables, open the survey, and store answers of earlier people."""
    engine = create_engine(address)
    make_durable(engine)
    migrations.upgrade(engine)
    floor.fill(engine)
    with Session(engine) as session:
        survey = _survey(session, questionnaire, utc_now())
        version_id = queries.current_version(session, survey).id
        codes = [page.question.code for page in queries.current_document(session, survey).pages]
        session.commit()
    _store(engine, version_id, codes, stored)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


@contextlib.contextmanager
def postgresql() -> Iterator[tuple[str, int] | None]:
    """Return the address of a server for a while and the id of its process, if there is one.

    ENGAGE_BENCHMARK_DATABASE_URL names a running one (its process is then not measured);
    otherwise a cluster is made and removed again. It syncs to disk as a real one does.
    """
    given = os.environ.get("ENGAGE_BENCHMARK_DATABASE_URL", "")
    if given:
        yield given, 0
        return
    folder = _programs()
    if folder is None:
        yield None
        return
    with _cluster(folder) as started:
        yield started


@contextlib.contextmanager
def spare(server: str) -> Iterator[str]:
    """Make a database on a server and drop it again."""
    name = f"engage_benchmark_{uuid.uuid4().hex[:8]}"
    parsed = make_url(server)
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield parsed.set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _survey(session: Session, questionnaire: str, now: dt.datetime) -> Survey:
    day = dt.timedelta(days=1)
    plan = Plan(
        slug=SLUG, title="Measured", easy_title="Measured", purpose="To see what a page costs.",
        can_change="How fast it is.", decided_by="The stopwatch", lawful_basis="Public task",
        safeguarding_reader="Nobody", privacy_notice_version="2026-10",
        contact="nobody@example.org", opens_on=(now - day).date(),
        closes_on=(now + 30 * day).date(), is_demo=True,
    )  # fmt: skip
    consultation = plan_consultation(session, plan, actor=ACTOR, now=now)
    source = yaml.safe_load((DOCUMENTS / f"{questionnaire}.yaml").read_text(encoding="utf-8"))
    survey = services.import_survey(session, consultation, source, SLUG, actor=ACTOR, now=now)
    return services.open_survey(session, survey, actor=ACTOR, now=now, production=False)


def _store(engine: Engine, version_id: str, codes: list[str], stored: int) -> None:
    """Insert responses that were sent before, with answers, many rows at a time."""
    asked = codes[:ANSWERS_EACH]
    sent = utc_now()
    with engine.begin() as connection:
        for start in range(0, stored, ROWS_AT_ONCE):
            many = range(start, min(start + ROWS_AT_ONCE, stored), len(asked))
            people = [_response(version_id, sent) for _ in many]
            answers = [_answer(one["id"], code) for one in people for code in asked]
            connection.execute(insert(Response.__table__), people)
            connection.execute(insert(Answer.__table__), answers[: stored - start])


def _response(version_id: str, sent: dt.datetime) -> dict[str, Any]:
    return {
        "id": uuid.uuid4().hex, "survey_version_id": version_id, "edition": "standard",
        "channel": "online_std", "kind": "individual", "notice_version": "1",
        "started_at": sent, "submitted_at": sent, "receipt_hmac": uuid.uuid4().hex * 2,
    }  # fmt: skip


def _answer(response_id: str, code: str) -> dict[str, Any]:
    return {"response_id": response_id, "question": code, "position": 0, "value": "agree"}


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = (one for base in PROGRAMS for one in sorted(Path(base).glob("*/bin"), reverse=True))
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextlib.contextmanager
def _cluster(programs: Path) -> Iterator[tuple[str, int]]:
    home = Path(tempfile.mkdtemp(prefix="engage-pg.", dir="/tmp"))  # sockets need short paths
    user = "postgres" if os.geteuid() == 0 else ""  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(home, user)
    data, port = home / "data", 5432
    _run(user, programs / "initdb", "-D", data, "-U", "engage", "-A", "trust", "--no-sync")
    options = f"-p {port} -c listen_addresses='' -c unix_socket_directories={home}"
    control = (programs / "pg_ctl", "-D", data, "-w", "-s")
    _run(user, *control, "-l", home / "log", "-o", options, "start")
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        yield f"postgresql+psycopg://engage@/postgres?host={home}&port={port}", pid
    finally:
        _run(user, *control, "-m", "fast", "stop")
        shutil.rmtree(home)


def _run(user: str, *command: str | Path) -> None:
    words = [str(word) for word in command]
    before = ["runuser", "-u", user, "--"] if user else []
    subprocess.run(  # noqa: S603  # our own words
        [*before, *words], check=True, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
