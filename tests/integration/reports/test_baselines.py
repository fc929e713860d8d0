"""Figures about the county: read from a table, with source and day, and never changed after."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from engage.demo import people as demo
from reports.counting.adding import CannotBeAddedError, total
from reports.representation import baselines
from reports.representation.baselines import BaselineError, PopulationBaseline
from tests.factories import NOW

HEAD = "key,label,value,unit,definition,source,as_at,geography,group_list,group_code\n"
LINE = "pupils,pupils,{value},{unit},All pupils.,Census,{day},county,{name},{code}\n"
GOOD = {"value": "100", "unit": "people", "day": "2025-01-16", "name": "", "code": ""}


def kept(session: Session, folder: Path, *lines: dict[str, str]) -> tuple[int, int]:
    file = folder / "figures.csv"
    file.write_text(HEAD + "".join(LINE.format(**GOOD | line) for line in lines), "utf-8")
    return baselines.import_file(session, file, actor="officer", now=NOW)


def test_a_figure_is_kept_once_and_recorded(session: Session, tmp_path: Path) -> None:
    assert kept(session, tmp_path, {}) == (1, 0)
    assert kept(session, tmp_path, {}) == (0, 1)
    assert [event.verb for event in session.scalars(select(AuditEvent))] == ["import_baselines"] * 2


def test_the_newest_figure_of_a_day_holds(session: Session, tmp_path: Path) -> None:
    kept(session, tmp_path, {"value": "100"}, {"value": "120", "day": "2026-01-15"})
    on = [dt.date(2025, 1, 1), dt.date(2025, 6, 1), dt.date(2026, 2, 1)]
    values = [[one.value for one in baselines.in_force(session, day)] for day in on]
    assert values == [[], [100], [120]]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"value": "many"}, "line 2: write the day like 2025-01-16"),
        ({"value": "nan"}, "is not a number"),
        ({"day": "16 January"}, "write the day like"),
        ({"day": "2099-01-01"}, "is in the future"),
        ({"unit": "pupils"}, "the unit 'pupils' is not one of people, contacts"),
        ({"value": "-1"}, "no possible number"),
        ({"value": "101", "unit": "per cent"}, "no possible number of per cent"),
        ({"name": "support"}, "both group_list and group_code"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_of_the_file_is_kept(
    session: Session, tmp_path: Path, line: dict[str, str], says: str
) -> None:
    with pytest.raises(BaselineError, match=says):
        kept(session, tmp_path, line)
    session.rollback()
    assert session.scalars(select(PopulationBaseline)).all() == []


def test_a_figure_of_a_day_never_changes(session: Session, tmp_path: Path) -> None:
    kept(session, tmp_path, {})
    with pytest.raises(BaselineError, match="says something else"):
        kept(session, tmp_path, {"value": "101"})


def test_a_file_without_its_columns_says_which(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("key,label\npupils,pupils\n", "utf-8")
    with pytest.raises(BaselineError, match="needs the columns value, unit"):
        baselines.import_file(session, file, actor="officer", now=NOW)


@pytest.mark.parametrize("wrong", [{"unit": "dogs"}, {"value": -1.0}, {"source": ""}])
def test_the_database_refuses_what_the_import_would(
    session: Session, wrong: dict[str, str | float]
) -> None:
    right: dict[str, str | float] = {
        "label": "x", "value": 1.0, "unit": "people", "definition": "d", "source": "s",
        "geography": "county", "recorded_by": "x",
    }  # fmt: skip
    values = right | wrong
    session.add(PopulationBaseline(key="k", as_at=dt.date(2025, 1, 1), recorded_at=NOW, **values))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_figures_of_the_demo_add_only_where_they_may(session: Session) -> None:
    baselines.import_file(session, demo.HERE / "baselines.csv", actor="demo", now=NOW)
    known = {one.key: one for one in baselines.in_force(session, dt.date(2026, 3, 1))}
    both = total([known["pupils_ehcp"].amount, known["pupils_sen_support"].amount])
    assert both.value == 41770
    for first, second in (
        ("pupils_ehcp", "ehcp_16_25"), ("pupils_sen_support", "pupils_sen_support_2019_20"),
        ("pupils_ehcp", "slt_new_referrals"), ("pop_0_25", "yjs_send"), ("schools", "dspl"),
    ):  # fmt: skip
        with pytest.raises(CannotBeAddedError):
            total([known[first].amount, known[second].amount])
