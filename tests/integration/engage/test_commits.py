"""What was read before holds while nothing at all was committed, and a database can tell."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, create_engine, text

from engage.commits import Commits

#: A PostgreSQL may serve other tests at the same time: a moment without them is waited for.
SECONDS = 60.0
WRITE = text("UPDATE alembic_version SET version_num = version_num")


@pytest.fixture
def commits(engine: Engine) -> Commits:
    return Commits(engine)


def some_time(holds: Callable[[], bool]) -> bool:
    """Tell whether something holds once other tests have left the database alone for a moment."""
    end = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def same_after(commits: Commits, act: Callable[[], object]) -> bool:
    """Tell whether something changes no mark."""

    def once() -> bool:
        first = commits.mark()
        act()
        return commits.mark() == first

    return some_time(once)


def test_reading_and_waiting_change_no_mark(engine: Engine, commits: Commits) -> None:
    def read() -> None:
        with engine.begin() as connection:
            connection.execute(text("SELECT count(*) FROM report")).scalar()

    assert same_after(commits, read)


def test_a_commit_by_our_own_pool_or_by_another_process_changes_it(
    engine: Engine, commits: Commits
) -> None:
    other = create_engine(engine.url)  # shares nothing with the first, as another process would
    seen = [commits.mark()]
    for writer in (engine, other, engine):
        with writer.begin() as connection:
            connection.execute(WRITE)
        seen.append(commits.mark())
    other.dispose()
    assert len(set(seen)) == len(seen)


def test_a_mark_taken_before_a_commit_ends_is_not_the_mark_after_it(
    engine: Engine, commits: Commits
) -> None:
    with engine.begin() as connection:
        connection.execute(WRITE)
        assert same_after(commits, lambda: None)
        during = commits.mark()
    assert commits.mark() != during


def test_marks_of_two_databases_are_never_equal(engine: Engine, commits: Commits) -> None:
    assert commits.mark() != Commits(engine).mark()


def test_many_threads_get_the_same_mark(commits: Commits) -> None:
    def ask() -> set[object]:
        with ThreadPoolExecutor(8) as threads:
            return set(threads.map(lambda _: commits.mark(), range(8)))

    assert some_time(lambda: len(ask()) == 1)


def test_asking_holds_up_no_tidying_of_the_log(engine: Engine, commits: Commits) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("only SQLite keeps a log that a reader can hold up")
    commits.mark()
    with engine.begin() as connection:
        connection.execute(WRITE)
    commits.mark()
    with engine.connect() as connection:
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    assert busy == 0
