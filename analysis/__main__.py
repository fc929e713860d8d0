"""`python -m analysis FILE --text COLUMN --out DIR`: analyse a file from the terminal."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

PROBLEM = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Analyse the file named on the command line; return 0, or 2 with one sentence of why not."""
    asked = _parser().parse_args(arguments)
    from analysis.standalone.files import Layout, analyse_file  # noqa: PLC0415  # --help stays quick
    from analysis.standalone.sources import FileProblem  # noqa: PLC0415
    from analysis.themes.results import AnalysisSettings  # noqa: PLC0415
    from engage import terminal  # noqa: PLC0415

    try:
        with terminal.progress() as progress:
            result = analyse_file(
                asked.file,
                text=asked.text,
                layout=Layout(asked.by or "", asked.id or "", asked.sheet or ""),
                out=asked.out,
                min_people=asked.min_people,
                progress=progress,
                settings=AnalysisSettings(themes=asked.themes),
            )
    except FileProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return PROBLEM
    sys.stdout.write("\n".join(result.summary) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Find themes in a column of comments; write tables and an accessible report.",
    )
    parser.add_argument("file", type=Path, help="a CSV or XLSX file with a header row")
    parser.add_argument("--text", required=True, metavar="COLUMN", help="the column of comments")
    parser.add_argument("--by", metavar="COLUMN", help="count themes by the groups in this column")
    parser.add_argument("--id", metavar="COLUMN", help="copied beside each row of codings.csv")
    parser.add_argument("--sheet", help="of a spreadsheet; otherwise the first with that column")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for results")
    parser.add_argument("--themes", type=int, metavar="N", help="how many; otherwise it is found")
    parser.add_argument(
        "--min-people",
        type=int,
        default=5,
        metavar="N",
        help="show no number, word or quotation from fewer people (3 to 10; normally 5)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
