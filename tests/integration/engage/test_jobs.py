import datetime as dt
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from engage import jobs
from engage.consultations import Consultation
from engage.db import db
from engage.jobs import Job, JobStatus
from engage.jobs.queue import SEND
from engage.jobs.runner import GIVEN_UP, HANDLERS, UNKNOWN_ERROR
from engage.jobs.services import STALE_AFTER
from engage.orm import utc_now
from engage.settings import Settings
from engage.worker import sweep
from tests.factories import NOW, ConsultationFactory, JobFactory


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    before = dict(HANDLERS)
    yield
    HANDLERS.clear()
    HANDLERS.update(before)


def writes(session: Session, job: Job, progress: Any, *, settings: Settings, now: Any) -> None:
    assert settings.mode == "test"
    progress("Writing", 1, 2)
    session.add(made(f"made-by-{job.subject_id}", now))
    session.flush()
    progress("Writing", 2, 2)


def made(slug: str, now: dt.datetime) -> Consultation:
    plain = ConsultationFactory.build(slug=slug, created_at=now)
    assert isinstance(plain, Consultation)
    return plain


def how_many(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Consultation)) or 0


def asked(session: Session, kind: str, **values: Any) -> str:
    job: Job = JobFactory(kind=kind, **values)
    session.commit()
    return job.id


def test_work_and_its_success_are_kept_together(app: Flask, session: Session) -> None:
    jobs.handler("writes")(writes)
    seen: list[tuple[str, int, int]] = []
    done = jobs.run(app, asked(session, "writes"), on_progress=lambda *step: seen.append(step))
    assert done is not None
    assert done.status is JobStatus.SUCCEEDED
    assert (done.attempts, done.error) == (1, None)
    assert done.finished_at is not None
    assert how_many(session) == 1
    assert seen == [("Writing", 1, 2), ("Writing", 2, 2)]


def test_progress_is_seen_while_the_work_goes_on(
    app: Flask, engine: Engine, session: Session
) -> None:
    seen: list[tuple[str, int, int, JobStatus]] = []

    def looks(_s: Session, job: Job, progress: Any, **_: Any) -> None:
        progress("Reading", 3, 7)
        with Session(engine) as other:
            row = other.get_one(Job, job.id)
            seen.append((row.stage, row.done, row.total, row.status))

    jobs.handler("looks")(looks)
    jobs.run(app, asked(session, "looks"))
    assert seen == [("Reading", 3, 7, JobStatus.RUNNING)]


def test_progress_told_often_is_written_now_and_then(
    app: Flask, engine: Engine, session: Session
) -> None:
    written: list[int] = []

    def tells(_s: Session, job: Job, progress: Any, **_: Any) -> None:
        for done in range(1, 101):
            progress("Reading", done, 100)
            with Session(engine) as other:
                written.append(other.get_one(Job, job.id).done)

    jobs.handler("tells")(tells)
    jobs.run(app, asked(session, "tells"))
    assert (written[0], written[-1]) == (1, 100)
    assert len(set(written)) < 50


def test_a_failure_keeps_nothing_of_the_work_and_says_why(app: Flask, session: Session) -> None:
    def fails(session: Session, job: Job, progress: Any, *, settings: Any, now: Any) -> None:
        writes(session, job, progress, settings=settings, now=now)
        message = "There are too few comments."
        raise jobs.JobError(message)

    jobs.handler("fails")(fails)
    failed = jobs.run(app, asked(session, "fails"))
    assert failed is not None
    assert (failed.status, failed.error) == (JobStatus.FAILED, "There are too few comments.")
    assert how_many(session) == 0


def test_an_unforeseen_failure_is_told_in_plain_words(app: Flask, session: Session) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise KeyError("x")  # noqa: EM101  # any bug

    jobs.handler("breaks")(breaks)
    failed = jobs.run(app, asked(session, "breaks"))
    assert failed is not None
    assert failed.error == UNKNOWN_ERROR


def test_a_job_that_nobody_knows_how_to_do_fails(app: Flask, session: Session) -> None:
    failed = jobs.run(app, asked(session, "unheard-of"))
    assert failed is not None
    assert "does not know how to do 'unheard-of'" in (failed.error or "")


def test_a_finished_job_is_not_done_again(app: Flask, session: Session) -> None:
    jobs.handler("writes")(writes)
    job_id = asked(session, "writes")
    jobs.run(app, job_id)
    again = jobs.run(app, job_id)
    assert again is not None
    assert again.attempts == 1
    assert how_many(session) == 1


def test_a_job_in_living_hands_is_left_alone(app: Flask, session: Session) -> None:
    jobs.handler("writes")(writes)
    job_id = asked(session, "writes", started_at=utc_now(), heartbeat_at=utc_now(), attempts=1)
    left = jobs.run(app, job_id)
    assert left is not None
    assert left.status is JobStatus.RUNNING
    assert how_many(session) == 0


def test_a_job_is_given_up_after_three_attempts(app: Flask, session: Session) -> None:
    jobs.handler("writes")(writes)
    silent = utc_now() - 2 * STALE_AFTER
    job_id = asked(session, "writes", started_at=silent, heartbeat_at=silent, attempts=3)
    failed = jobs.run(app, job_id)
    assert failed is not None
    assert (failed.status, failed.error) == (JobStatus.FAILED, GIVEN_UP)
    assert how_many(session) == 0


def test_work_is_thrown_away_if_another_worker_took_the_job_over(
    app: Flask, engine: Engine, session: Session
) -> None:
    def is_overtaken(session: Session, job: Job, progress: Any, *, settings: Any, now: Any) -> None:
        with engine.begin() as other:
            other.execute(update(Job).where(Job.id == job.id).values(attempts=2))
        writes(session, job, progress, settings=settings, now=now)

    jobs.handler("is_overtaken")(is_overtaken)
    left = jobs.run(app, asked(session, "is_overtaken"))
    assert left is not None
    assert left.outcome is None
    assert how_many(session) == 0


def test_asking_twice_gives_one_job_until_it_is_finished(session: Session) -> None:
    first = jobs.enqueue(session, "analyse", "s1", asked_by="u1", now=NOW)
    assert jobs.enqueue(session, "analyse", "s1", asked_by="u2", now=NOW) is first
    first.outcome, first.finished_at = "succeeded", NOW
    session.flush()
    assert jobs.enqueue(session, "analyse", "s1", asked_by="u2", now=NOW) is not first


def test_a_worker_is_woken_only_by_a_commit(app: Flask) -> None:
    sent: list[str] = []
    app.extensions[SEND] = sent.append
    with app.app_context():
        jobs.enqueue(db.session(), "analyse", "s1", asked_by="u1", now=NOW)
        db.session.rollback()
        assert sent == []
        job = jobs.enqueue(db.session(), "analyse", "s1", asked_by="u1", now=NOW)
        job_id = job.id
        assert sent == []
        db.session.commit()
    assert sent == [job_id]


def test_a_queue_that_is_down_loses_no_job(app: Flask, session: Session) -> None:
    def down(_job_id: str) -> None:
        raise OSError

    app.extensions[SEND] = down
    with app.app_context():
        jobs.enqueue(db.session(), "analyse", "s1", asked_by="u1", now=NOW)
        db.session.commit()
    assert len(jobs.waiting(session, NOW)) == 1


def test_a_job_goes_through_the_queue_to_a_worker(app: Flask, settings: Settings) -> None:
    with app.app_context():
        job = jobs.enqueue(db.session(), "analyse", "s1", asked_by="u1", now=NOW)
        job_id = job.id
        db.session.commit()
    queue = jobs.build_queue(settings)
    done: list[str] = []
    jobs.queue.register(queue, run=done.append)
    task = queue.dequeue()
    queue.execute(task)
    queue.storage.close()
    assert done == [job_id]


def test_a_sweep_does_what_the_queue_forgot(app: Flask, session: Session) -> None:
    jobs.handler("writes")(writes)
    silent = utc_now() - 2 * STALE_AFTER
    asked(session, "writes")
    asked(session, "writes", started_at=silent, heartbeat_at=silent, attempts=1)
    asked(session, "writes", started_at=utc_now(), heartbeat_at=utc_now(), attempts=1)
    assert sweep(app) == 2
    assert how_many(session) == 2


KILLED = """
    import sys, time
    from pathlib import Path
    from engage import jobs
    from engage.app import create_app
    from engage.settings import Settings
    from tests.integration.engage.test_jobs import writes

    def half(session, job, progress, *, settings, now):
        writes(session, job, progress, settings=settings, now=now)
        print("halfway", flush=True)
        time.sleep(60)

    jobs.handler("writes")(half)
    data, url, job_id = sys.argv[1:]
    settings = Settings(mode="test", data_dir=Path(data), database_url=url, secret_key="k" * 32)
    jobs.run(create_app(settings), job_id)
"""


def test_a_killed_worker_s_job_runs_again_and_leaves_one_result(
    app: Flask, settings: Settings, engine: Engine, session: Session
) -> None:
    job_id = asked(session, "writes")
    worker = subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, "-c", textwrap.dedent(KILLED),
         str(settings.data_dir), settings.database_url, job_id],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout is not None
    assert worker.stdout.readline() == "halfway\n"
    worker.kill()
    worker.wait()
    worker.stdout.close()

    jobs.handler("writes")(writes)
    assert how_many(session) == 0
    assert sweep(app) == 0, "its heart has only just stopped"
    with engine.begin() as later:
        silent = utc_now() - 2 * STALE_AFTER
        later.execute(update(Job).where(Job.id == job_id).values(heartbeat_at=silent))
    assert sweep(app) == 1
    assert how_many(session) == 1
    finished = session.get_one(Job, job_id)
    assert (finished.outcome, finished.attempts) == ("succeeded", 2)


def test_a_heart_beats_while_the_work_is_long(
    app: Flask, engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engage.jobs.heartbeat.BEAT_SECONDS", 0.02)
    beats: set[dt.datetime | None] = set()

    def long(_s: Session, job: Job, _p: Any, **_: Any) -> None:
        deadline = time.monotonic() + 5
        while len(beats) < 3 and time.monotonic() < deadline:
            with Session(engine) as other:
                beats.add(other.get_one(Job, job.id).heartbeat_at)

    jobs.handler("long")(long)
    jobs.run(app, asked(session, "long"))
    assert len(beats) >= 3
