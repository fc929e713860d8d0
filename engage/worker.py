"""The worker: takes jobs from the queue one at a time, and finds those the queue forgot."""

import logging

from flask import Flask
from huey import Huey, crontab
from huey.consumer import Consumer
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import jobs, measuring, rooms, safeguarding
from engage.consultations import local_date
from engage.db import db
from engage.jobs.queue import register
from engage.orm import utc_now
from engage.safeguarding.clock import is_working_day
from engage.settings import Settings
from reports.loop import reminding
from reports.models import Report
from reports.publishing import takeouts
from surveys import services

log = logging.getLogger(__name__)
FINISH_WITHIN_SECONDS = 20
LOOK_AGAIN_SECONDS = 2.0


def work(app: Flask, *, workers: int = 1) -> None:
    """Work until asked to stop.

    On SIGTERM a job that ends within 20 seconds is finished; a longer one is dropped, and runs
    again from its beginning once its heart has been silent for a minute.
    """
    consumer = build_consumer(app, workers=workers)
    log.info("The worker is ready.")
    consumer.run()


def build_consumer(app: Flask, *, workers: int = 1) -> Consumer:
    """Return a consumer that sweeps once at its start, and sweeps and weighs every minute.

    Every hour it also keeps the promise that unsent answers are deleted and asks for published
    files that lack something, in the morning it reminds owners of what is due, and once a month
    it keeps our own measures.
    """
    settings: Settings = app.extensions["engage_settings"]
    rooms.learn_jobs()
    queue: Huey = jobs.build_queue(settings)
    register(queue, run=lambda job_id: jobs.run(app, job_id))
    sweep_task = queue.periodic_task(crontab(minute="*"), name="sweep")(lambda: sweep(app))
    sweep_task()
    tidy_task = queue.periodic_task(crontab(minute="17"), name="forget_unsent")(
        lambda: forget_unsent(app)
    )
    tidy_task()
    queue.periodic_task(crontab(hour="8", minute="12"), name="remind")(lambda: remind(app))
    queue.periodic_task(crontab(hour="5", minute="42"), name="measure")(lambda: measure(app))
    queue.periodic_task(crontab(minute="*"), name="weigh")(lambda: weigh(app))
    queue.periodic_task(crontab(minute="37"), name="refile")(lambda: refile(app))
    return queue.create_consumer(
        workers=workers,
        worker_type="thread",
        max_delay=LOOK_AGAIN_SECONDS,
        graceful_signal="TERM",
        shutdown_timeout=FINISH_WITHIN_SECONDS,
    )


def remind(app: Flask) -> int:
    """Remind owners by e-mail of what is due, on days when offices are open; return how many."""
    settings: Settings = app.extensions["engage_settings"]
    now = utc_now()
    if not settings.mail.by or not is_working_day(local_date(now)):
        return 0
    with app.app_context():
        with Session(db.engine) as session:
            found = session.scalars(select(Report.id).order_by(Report.slug)).all()
        done = [
            reminding.remind(db.engine, one, settings=settings, actor="worker", now=now)
            for one in found
        ]
    return sum(one.sent for one in done)


def measure(app: Flask) -> int:
    """Keep this month's measures of every consultation that has none yet; return how many lines."""
    settings: Settings = app.extensions["engage_settings"]
    with app.app_context(), Session(db.engine) as session:
        kept = measuring.keep_due(session, settings=settings, now=utc_now())
        session.commit()
    return kept


def weigh(app: Flask) -> int:
    """Put what waits to be read for safety in its order by meaning; return how many texts."""
    with app.app_context(), Session(db.engine) as session:
        weighed = safeguarding.weigh_waiting(session, now=utc_now())
        session.commit()
    return weighed


def refile(app: Flask) -> int:
    """Ask for published files that lack what came since; return for how many versions."""
    settings: Settings = app.extensions["engage_settings"]
    with app.app_context(), Session(db.engine) as session, session.begin():
        return takeouts.ask_for_missing(session, settings, now=utc_now())


def sweep(app: Flask) -> int:
    """Do every unfinished job that nobody is working on; return how many there were."""
    with app.app_context(), Session(db.engine) as session:
        waiting = jobs.waiting(session, utc_now())
    for job_id in waiting:
        jobs.run(app, job_id)
    return len(waiting)


def forget_unsent(app: Flask) -> int:
    """Delete unsent answers whose days are over; return how many people's."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        return services.forget_unsent(session, now=utc_now())
