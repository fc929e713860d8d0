import datetime as dt

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from engage.orm import UtcDateTime, new_id, utc_now

SUMMER = dt.timezone(dt.timedelta(hours=1))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        UtcDateTime().process_bind_param(dt.datetime(2026, 1, 1), sqlite.dialect())  # noqa: DTZ001


def test_a_time_is_stored_as_utc_and_comes_back_with_its_zone() -> None:
    kind = UtcDateTime()
    local = dt.datetime(2026, 7, 1, 10, tzinfo=SUMMER)
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        stored = kind.process_bind_param(local, dialect)
        assert kind.process_result_value(stored, dialect) == local
    assert kind.process_bind_param(None, sqlite.dialect()) is None
    assert kind.process_result_value(None, sqlite.dialect()) is None


def test_ids_are_random_and_times_have_a_zone() -> None:
    assert len({new_id() for _ in range(100)}) == 100
    assert len(new_id()) == 32
    assert utc_now().tzinfo is dt.UTC
