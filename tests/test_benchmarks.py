"""The benchmark of answer pages runs to its end and leaves its figures on the last line."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAST = re.compile(r"ratios: sqlite pages [\d.]+ p95 [\d.]+ cpu [\d.]+ \| flat [\d.]+")


@pytest.mark.full
@pytest.mark.one_database
@pytest.mark.timeout(600)
def test_the_benchmark_of_answer_pages_ends_with_its_ratios_and_no_error() -> None:
    command = [sys.executable, "benchmarks/answering.py", "--quick", "--database", "sqlite"]
    done = subprocess.run(  # noqa: S603  # our own words
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert LAST.fullmatch(done.stdout.splitlines()[-1])


@pytest.mark.full
@pytest.mark.one_database
@pytest.mark.timeout(600)
def test_the_benchmark_of_reports_ends_with_its_ratio_and_no_error() -> None:
    command = [sys.executable, "benchmarks/reports.py", "--quick", "--only", "page"]
    done = subprocess.run(  # noqa: S603  # our own words
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.fullmatch(r"ratio: public page [\d.]+", done.stdout.splitlines()[-1])
