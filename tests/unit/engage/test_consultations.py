import datetime as dt

import pytest

from engage.consultations import Consultation, Progress, Stage, local_date, stage

PLAN = Consultation(opens_on=dt.date(2026, 2, 1), closes_on=dt.date(2026, 4, 30))


@pytest.mark.parametrize(
    ("today", "progress", "expected"),
    [
        (dt.date(2026, 1, 31), Progress(), Stage.PLANNED),
        (dt.date(2026, 2, 1), Progress(), Stage.OPEN),
        (dt.date(2026, 4, 30), Progress(), Stage.OPEN),
        (dt.date(2026, 5, 1), Progress(), Stage.CLOSED),
        (dt.date(2026, 5, 1), Progress(analysed=True), Stage.ANALYSED),
        (
            dt.date(2026, 5, 1),
            Progress(analysed=True, themes_approved=True),
            Stage.THEMES_APPROVED,
        ),
        (dt.date(2026, 5, 1), Progress(True, True, True), Stage.PUBLISHED),
    ],
)
def test_the_stage_follows_from_dates_and_facts(
    today: dt.date, progress: Progress, expected: Stage
) -> None:
    assert stage(PLAN, today, progress) is expected


def test_a_day_ends_at_midnight_in_britain_also_in_summer() -> None:
    assert local_date(dt.datetime(2026, 7, 1, 22, 59, tzinfo=dt.UTC)) == dt.date(2026, 7, 1)
    assert local_date(dt.datetime(2026, 7, 1, 23, 0, tzinfo=dt.UTC)) == dt.date(2026, 7, 2)
    assert local_date(dt.datetime(2026, 1, 1, 23, 59, tzinfo=dt.UTC)) == dt.date(2026, 1, 1)
