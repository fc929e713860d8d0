"""The server as people start it writes down nobody's visit."""

import contextlib
import urllib.error
import urllib.request

import pytest

from engage.settings import Settings
from surveys.models import Survey
from tests.integration.surveys.test_killed import free_port, serving

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]


def test_the_started_server_writes_no_line_about_a_visit(
    survey: Survey, settings: Settings
) -> None:
    port = free_port()
    with serving(settings, port):
        for path in (f"/s/{survey.slug}/", "/", "/nowhere"):
            asked = urllib.request.Request(
                f"http://127.0.0.1:{port}{path}", headers={"User-Agent": "a-telling-browser"}
            )
            with contextlib.suppress(urllib.error.HTTPError):  # one page is not there
                urllib.request.urlopen(asked, timeout=30).read()  # noqa: S310  # our own server
    log = (settings.data_dir / f"server-{port}.log").read_text(encoding="utf-8")
    lines = [line for line in log.splitlines() if f"127.0.0.1:{port}" not in line]
    assert "Listening at" in log, "the server's own lines are there"
    for told in ("GET", f"/s/{survey.slug}", "/nowhere", "127.0.0.1", "a-telling-browser"):
        assert not [line for line in lines if told in line]
