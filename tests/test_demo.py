"""The command that a newcomer runs first, run as they would: in a process of its own, twice."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.full, pytest.mark.timeout(1200)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
    command = ["-c", "from engage.cli import main; main()", "demo", "--check"]
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, *command, "--port", str(free_port())],
        env=plain | {"ENGAGE_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def counts(folder: Path) -> dict[str, int]:
    tables = ("response", "job", "analysis_run", "theme", "publication", "consultation", "user")
    with sqlite3.connect(folder / "engage.sqlite") as connection:
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in tables
        }


def test_the_demo_works_and_a_second_start_changes_nothing(tmp_path: Path) -> None:
    first = demo(tmp_path)
    assert first.returncode == 0, first.stdout + first.stderr
    assert re.search(r"^\d+ right, 0 wrong$", first.stdout, re.MULTILINE)
    before = counts(tmp_path)
    assert before["response"] == 859
    assert before["analysis_run"] == before["publication"] == before["job"] == 1
    with sqlite3.connect(tmp_path / "engage.sqlite") as connection:
        connection.execute("UPDATE consultation SET title = 'Ours' WHERE slug = 'have-your-say'")

    again = demo(tmp_path)

    assert again.returncode == 0, again.stdout + again.stderr
    assert counts(tmp_path) == before
    with sqlite3.connect(tmp_path / "engage.sqlite") as connection:
        titles = {row[0] for row in connection.execute("SELECT title FROM consultation")}
    assert "Ours" in titles


def test_the_demo_refuses_production(tmp_path: Path) -> None:
    refused = subprocess.run(  # our own command
        [sys.executable, "-c", "from engage.cli import main; main()", "demo", "--check"],
        env=os.environ
        | {
            "ENGAGE_DATA_DIR": str(tmp_path),
            "ENGAGE_MODE": "production",
            "ENGAGE_SECRET_KEY": "k" * 40,
            "ENGAGE_CONTACT_EMAIL": "help@example.org",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert refused.returncode == 2
    assert "Never run it in production" in refused.stderr
    assert list(tmp_path.iterdir()) == []
