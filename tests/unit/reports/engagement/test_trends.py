"""Earlier days stand beside today only where no step between two of them is one of a few people."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from reports.engagement import trends
from reports.engagement.measured import Measure, Point

FEWEST = 5
numbers = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two)))


def day(number: int) -> dt.date:
    return dt.date(2026, 1, 1) + dt.timedelta(days=30 * number)


def test_a_change_is_shown_from_the_day_it_was_so_first() -> None:
    now = Measure("told", "", "80%", number=80, out_of=100, as_at=day(5))
    seen = [("50%", 50), ("50%", 50), ("80%", 80)]
    earlier = [Point(day(n), value, part, 100) for n, (value, part) in enumerate(seen)]
    assert trends.beside(now, earlier, FEWEST) == (earlier[0], earlier[2])


def test_words_without_a_number_of_people_are_kept_as_they_were() -> None:
    now = Measure("to_findings", "", "63 days", number=None, as_at=day(3))
    earlier = [Point(day(1), "Not yet"), Point(day(2), "63 days")]
    assert trends.beside(now, earlier, FEWEST) == tuple(earlier)


@given(st.lists(numbers, min_size=1, max_size=8))
def test_no_two_days_that_stand_side_by_side_tell_of_a_few(found: list[tuple[int, int]]) -> None:
    points = [Point(day(n), f"{a} of {b}", a, b) for n, (a, b) in enumerate(found)]
    now = Measure("told", "", points[-1].value, number=found[-1][0], out_of=found[-1][1])
    shown = [*trends.beside(now, points[:-1], FEWEST), points[-1]]
    for one in shown:
        for other in shown:
            assert one.number is not None
            assert other.number is not None
            assert not 0 < abs(one.number - other.number) < FEWEST
            rest = [(p.out_of or 0) - (p.number or 0) for p in (one, other)]
            assert not 0 < abs(rest[0] - rest[1]) < FEWEST
