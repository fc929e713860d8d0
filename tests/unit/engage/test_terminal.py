import io

import pytest

from engage import terminal


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def report_to(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    with terminal.progress() as progress:
        for stage in ("Removing names", "Finding themes"):
            for done in (0, 5, 10):
                progress(stage, done, 10)
    return stream.getvalue()


def test_a_log_gets_one_plain_line_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    told = report_to(io.StringIO(), monkeypatch)
    assert told == "Removing names\nFinding themes\n"


def test_who_watches_sees_how_far_each_stage_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = report_to(Screen(), monkeypatch)
    assert "Removing names" in told
    assert "100%" in told
