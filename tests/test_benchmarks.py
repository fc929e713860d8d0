"""The benchmarks run to their end and leave their figures on the last line."""

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
def test_the_benchmark_of_themes_shows_agreement_trust_and_words() -> None:
    labelled = "tests/unit/analysis/labelled.csv:theme"
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "benchmarks/themes.py", labelled, "--quick"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    ours = next(line for line in lines if line.startswith("labelled:theme"))
    nmi, ari = map(float, ours.split()[2:4])
    assert nmi > 0.6
    assert ari > 0.4
    words = next(line for line in lines if re.match(r"ours +\d", line))
    assert float(words.split()[1]) == 0
    assert "stock was not measured" in lines[-1]


@pytest.mark.full
@pytest.mark.one_database
def test_the_benchmark_of_reports_ends_with_its_ratio_and_no_error() -> None:
    command = [
        sys.executable, "benchmarks/reports.py", "--quick", "--only", "page",
        "--database", "sqlite",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603  # our own words
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.fullmatch(
        r"ratios: public page sqlite quiet [\d.]+ \| sqlite busy [\d.]+",
        done.stdout.splitlines()[-1],
    )
