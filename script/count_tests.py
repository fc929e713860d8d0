"""Add up what the test runs of script/test counted, for its last line."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

FAULTS = ("failures", "errors")


def main(folder: Path, linters_passed: int, checks_failed: int) -> None:
    """Print one line: tests, linters, and one more for each check that failed as a whole."""
    passed, failed, skipped = linters_passed, checks_failed, 0
    for report in folder.glob("*.xml"):
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314  # our own files
            broken = sum(int(suite.get(kind, 0)) for kind in FAULTS)
            left_out = int(suite.get("skipped", 0))
            failed += broken
            skipped += left_out
            passed += int(suite.get("tests", 0)) - broken - left_out
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
