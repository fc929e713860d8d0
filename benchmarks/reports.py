"""What a report costs: every format in seconds and memory, and its page beside a bare Flask view.

    .venv/bin/python benchmarks/reports.py --quick     a look, about a minute
    .venv/bin/python benchmarks/reports.py             all of it, some minutes

Formats are made of a small report (about 5 pages) and a large one (about 60 pages), each in a
process of its own, so that its peak memory is its own; "cloud" counts and draws the words of the
demo's comments. Then one command writes all files of a report that has none yet. The page is read
by many at once from our server and from a bare Flask view that reads one row of the same database
and sends back as many bytes: once on a quiet database, and once while somebody's answer is
committed there twenty times a second. The last line gives pages a second of (ours) divided by
(bare): aim at 0.6 or more.
"""

import argparse
import asyncio
import contextlib
import csv
import dataclasses
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import readers
import servers
from readers import Reading
from servers import SECRET, Server, Shape

HERE = Path(__file__).resolve().parent
SMALL, LARGE = 6, 130
PEOPLE = 20
COMMITS_A_SECOND = 20
Found = dict[str, list[Reading]]
SLUG = "send-strategy"
PAGE = f"/you-said-we-did/{SLUG}/"


def main() -> int:
    """Measure what was asked for, and print it."""
    options = _options()
    if options.one:
        print(json.dumps(_made(options.one, options.entries)))
        return 0
    if options.only in {None, "formats"}:
        _print_formats([SMALL] if options.quick else [SMALL, LARGE])
    if options.only in {None, "build"}:
        _print_build(SMALL if options.quick else LARGE)
    if options.only in {"formats", "build"}:
        return 0
    rounds, pages = (3, 20) if options.quick else (9, 50)
    found = {
        f"{kind} {beside}": one
        for kind in options.database
        for beside, one in _measured(kind, rounds, pages).items()
    }
    return _print_pages(found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the small report and few rounds")
    parser.add_argument("--only", choices=["formats", "build", "page"], help="one of the parts")
    parser.add_argument(
        "--database", nargs="+", default=["sqlite", "postgresql"],
        choices=["sqlite", "postgresql"], help="where the page is kept",
    )  # fmt: skip
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--entries", type=int, default=SMALL, help=argparse.SUPPRESS)
    return parser.parse_args()


def _print_formats(sizes: list[int]) -> None:
    from reports.publishing import filing  # noqa: PLC0415  # after the path is set

    names = ["cloud", "drawings", *(one.kind for one in filing.formats()), "all"]
    for entries in sizes:
        print(f"\nA report of {entries} entries")
        print(f"{'format':12}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}{'kB':>10}{'pages':>8}")
        for name in names:
            made = _in_a_process(name, entries)
            spent = f"{made['seconds']:10.2f}{made['cpu']:10.2f}{made['peak']:10.0f}"
            print(f"{name:12}{spent}{made['size'] / 1000:10.0f}{made['pages'] or '':>8}")


def _in_a_process(name: str, entries: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", name, "--entries", str(entries)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own words
    made: dict[str, float] = json.loads(done.stdout)
    return made


def _made(name: str, entries: int) -> dict[str, float]:
    """Make one format here, and say what it took."""
    from analysis.pictures import wordclouds  # noqa: PLC0415  # after the path is set
    from reports.formats import render  # noqa: PLC0415  # as above
    from reports.formats.source import Source  # noqa: PLC0415  # as above
    from reports.publishing import filing  # noqa: PLC0415  # as above

    document = _document(entries)
    texts = _comments()
    start, cpu = time.perf_counter(), time.process_time()
    source = Source(document, render.charts(document))
    content = b"".join(svg.encode() for svg in source.drawings.values())
    if name == "all":
        content = filing.packed(source)
    elif name == "cloud":
        start, cpu = time.perf_counter(), time.process_time()
        content = wordclouds.cloud_svg(wordclouds.words_by_people(texts)).encode()
    elif name != "drawings":
        start, cpu = time.perf_counter(), time.process_time()
        content = next(one for one in filing.formats() if one.kind == name).build(source)
    return {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "size": len(content),
        "pages": _pages(content),
    }


def _comments() -> dict[str, list[str]]:
    from engage import demo  # noqa: PLC0415  # after the path is set

    folder = Path(demo.__file__).parent / "comments"
    rows = (row for one in folder.glob("*.csv") for row in csv.DictReader(one.open(newline="")))
    return {str(number): [row.get("text", "")] for number, row in enumerate(rows)}


def _print_build(entries: int) -> None:
    """Write every file of a report by command, and say what that took."""
    import published  # noqa: PLC0415  # after the path is set

    with tempfile.TemporaryDirectory(prefix="engage-benchmark.") as folder:
        address, out = f"sqlite:///{folder}/reports.sqlite", Path(folder) / "files"
        published.prepare(address, _document(entries), files=False)
        words = ["report", "build", SLUG, "--all", "--out", str(out)]
        command = [sys.executable, "-c", "from engage.cli import main; main()", *words]
        known = {
            "PYTHONPATH": str(HERE.parent), "ENGAGE_DATABASE_URL": address,
            "ENGAGE_DATA_DIR": folder, "ENGAGE_SECRET_KEY": SECRET,
        }  # fmt: skip
        start = time.perf_counter()
        process = subprocess.Popen(command, env=os.environ | known, cwd=HERE.parent)  # noqa: S603  # our own words
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        files = {one.name: one.stat().st_size / 1000 for one in out.iterdir()}
    print(f"\nengage report build --all, {entries} entries: {len(files)} files")
    print(
        f"{time.perf_counter() - start:.1f} s, CPU {used.ru_utime + used.ru_stime:.1f} s", end=", "
    )
    print(f"peak {used.ru_maxrss / 1000:.0f} MB, exit {process.returncode}")
    print("  ".join(f"{name} {size:.0f} kB" for name, size in sorted(files.items())))


def _pages(content: bytes) -> int:
    if not content.startswith(b"%PDF"):
        return 0
    import pypdfium2  # noqa: PLC0415  # only a PDF has pages

    with pypdfium2.PdfDocument(content) as made:
        return len(made)


def _document(entries: int):  # noqa: ANN202  # a document, known once the path is set
    from tests.published import DOCUMENT  # noqa: PLC0415  # as above

    first = DOCUMENT.groups[0].entries[0]
    many = tuple(
        dataclasses.replace(
            first, key=f"entry-{number}", title=f"{first.title} {number}",
            voices=tuple(
                dataclasses.replace(
                    voice, fact=dataclasses.replace(voice.fact, key=f"entry/{number}/voice")
                )
                for voice in first.voices
            ),
        )
        for number in range(entries)
    )  # fmt: skip
    group = dataclasses.replace(DOCUMENT.groups[0], entries=many)
    return dataclasses.replace(DOCUMENT, groups=(group, DOCUMENT.groups[1]))


def _measured(kind: str, rounds: int, pages: int) -> dict[str, Found]:
    """Read both pages on one kind of database: quiet, and with commits beside the reading."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="engage-benchmark.")))
        address = _address(kind, folder, stack)
        if not address:
            print("There is no PostgreSQL here: it is not measured.")
            return {}
        both = _both_served(address, folder, stack)
        quiet = _take_turns(both, rounds, pages)
        with _commits(address):
            return {"quiet": quiet, "busy": _take_turns(both, rounds, pages)}


def _address(kind: str, folder: Path, stack: contextlib.ExitStack) -> str:
    """Return the address of a new database with a published report, or nothing without a server."""
    import databases  # noqa: PLC0415  # after the path is set
    import published  # noqa: PLC0415  # as above

    address = f"sqlite:///{folder}/reports.sqlite"
    if kind == "postgresql":
        server = stack.enter_context(databases.postgresql())
        address = stack.enter_context(databases.spare(server[0])) if server else ""
    if address:
        published.prepare(address, _document(SMALL))
    return address


def _both_served(address: str, folder: Path, stack: contextlib.ExitStack) -> dict[str, Server]:
    ours = {
        "ENGAGE_DATABASE_URL": address, "ENGAGE_DATA_DIR": str(folder),
        "ENGAGE_SECRET_KEY": SECRET,
    }  # fmt: skip
    high = stack.enter_context(
        servers.serve("ours", "engage.wsgi:app", Shape(), folder, place=HERE.parent, **ours)
    )
    length = asyncio.run(readers.length(high.port, PAGE))
    bare = f"barepage:create_app({address!r}, '{length}')"
    return {
        "bare": stack.enter_context(servers.serve("bare", bare, Shape(), folder)),
        "ours": high,
    }


@contextlib.contextmanager
def _commits(address: str) -> Iterator[None]:
    """Commit a row again and again, as people who answer do, until the measuring is over."""
    from sqlalchemy import create_engine, text  # noqa: PLC0415  # after the path is set

    from engage.db import make_durable  # noqa: PLC0415  # as above

    engine, over = create_engine(address), threading.Event()
    make_durable(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE beside (number INTEGER)"))

    def write() -> None:
        while not over.wait(1 / COMMITS_A_SECOND):
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO beside VALUES (1)"))

    writing = threading.Thread(target=write)
    writing.start()
    try:
        yield
    finally:
        over.set()
        writing.join()
        engine.dispose()


def _take_turns(both: dict[str, Server], rounds: int, pages: int) -> Found:
    """Read both pages in turn, so that a noisy machine is noisy for both."""
    found: Found = {name: [] for name in both}
    for number in range(rounds + 1):
        for name, server in both.items():
            before = server.cpu()
            reading = asyncio.run(readers.read(server.port, PAGE, people=PEOPLE, pages=pages))
            spent = 1000 * (server.cpu() - before) / (PEOPLE * pages)
            if number:  # the first round wakes both
                found[name].append(dataclasses.replace(reading, cpu_ms=spent))
    return found


def _print_pages(found: dict[str, Found]) -> int:
    print(f"\nThe page, {PEOPLE} people at once")
    for place, one in found.items():
        for name, readings in one.items():
            print(f"{place:17} {name:6}{_said(readings)}")
    ratios = (f"{place} {_ratio(one):.2f}" for place, one in found.items())
    print(f"ratios: public page {' | '.join(ratios)}")
    every = [one for place in found.values() for readings in place.values() for one in readings]
    return int(any(one.errors for one in every))


def _said(readings: list[Reading]) -> str:
    speed = statistics.median(one.pages_per_second for one in readings)
    p95 = statistics.median(one.p95 for one in readings)
    cpu = statistics.median(one.cpu_ms for one in readings)
    errors = sum(one.errors for one in readings)
    return f"{speed:8.0f} pages/s   p95 {p95:6.1f} ms   CPU {cpu:5.2f} ms   errors {errors}"


def _ratio(found: Found) -> float:
    pairs = zip(found["ours"], found["bare"], strict=True)
    return statistics.median(a.pages_per_second / b.pages_per_second for a, b in pairs)


if __name__ == "__main__":
    sys.exit(main())
