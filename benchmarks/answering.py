"""What an answer page costs beside the least it could cost, on SQLite and on PostgreSQL.

Fifty people answer at once, each in a closed loop: send a page, wait for the next. In one run
they answer (a) the floor, bare Flask views that read one row and commit one row (floor.py), and
(b) our own pages, on the same database and with the same gunicorn settings. Rounds alternate, so
that a noisy machine is noisy for both. Read the ratios: pages a second differ from day to day.

    .venv/bin/python benchmarks/answering.py --quick     a look, under a minute
    .venv/bin/python benchmarks/answering.py             all of it, some minutes

A page here is one turn: an answer sent, a redirect, and the next page. The last line gives
(b) divided by (a): pages a second, the time within which 95 of 100 turns are over, and CPU time
of the server's processes for a page. "flat" is the CPU time for a page, database included, with
many stored answers divided by that with few: the larger of the two databases.
"""

import argparse
import asyncio
import contextlib
import dataclasses
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import databases
import servers
import shares
from databases import SLUG, Database
from respondents import LONGEST_JOURNEY, Crowd, Tally
from servers import SECRET, Server, Shape

from engage.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FLOOR, OURS, MANY = "floor", "pages", "pages, many stored"
SHOWN_PLACES = 12
FIGURES = {
    "pages_per_second": "pages/s",
    "p95": "p95 ms",
    "cpu": "CPU ms",
    "database_cpu": "database",
    "whole_cpu": "whole",
}
SHOWN_ERRORS = 5


@dataclasses.dataclass(frozen=True)
class Plan:
    """How much is measured."""

    people: int
    journeys: int
    most_pages: int
    rounds: int
    few: int
    many: int
    seconds_inside: float
    questionnaire: str


@dataclasses.dataclass(frozen=True)
class Subject:
    """One thing that is measured: a server, and the database process behind it."""

    name: str
    server: Server
    database_pid: int


@dataclasses.dataclass(frozen=True)
class Round:
    """What one crowd measured on one server."""

    pages_per_second: float
    p95: float
    cpu: float
    database_cpu: float
    whole_cpu: float
    turns: int
    errors: tuple[str, ...]


@dataclasses.dataclass
class Found:
    """All rounds on one kind of database."""

    rounds: dict[str, list[Round]]

    def errors(self, name: str = "") -> list[str]:
        """Return what went wrong, with one server or with all."""
        wanted = [name] if name else list(self.rounds)
        return [error for one in wanted for each in self.rounds[one] for error in each.errors]

    def middle(self, name: str, figure: str) -> float:
        """Return the median of a figure over all rounds."""
        return statistics.median(getattr(one, figure) for one in self.rounds[name])

    def ratio(self, figure: str) -> float:
        """Return our pages' figure divided by the floor's: the median of ratios in a round."""
        pairs = zip(self.rounds[OURS], self.rounds[FLOOR], strict=True)
        return statistics.median(getattr(a, figure) / getattr(b, figure) for a, b in pairs)

    def flat(self) -> float:
        """Return the cost of a page with many stored answers divided by that with few."""
        pairs = zip(self.rounds[MANY], self.rounds[OURS], strict=True)
        return statistics.median(
            (a.cpu + a.database_cpu) / (b.cpu + b.database_cpu) for a, b in pairs
        )


def main() -> int:
    """Measure what was asked for, and print it."""
    options = _options()
    shape = Shape(options.workers, options.threads)
    plan = _plan(options)
    found = {}
    with tempfile.TemporaryDirectory(prefix="engage-benchmark.") as folder:
        for kind in options.database:
            with _place(kind, Path(folder), plan) as place:
                if place is None:
                    print("postgresql: left out, because it is not installed")
                    continue
                found[kind] = _measure(kind, place, plan, shape)
    print(_last_line(found))
    return any(found[kind].errors() for kind in found)


@dataclasses.dataclass(frozen=True)
class Place:
    """Where one kind of database is measured."""

    folder: Path
    few: Database
    many: Database
    pid: int


@contextlib.contextmanager
def _place(kind: str, folder: Path, plan: Plan) -> Iterator[Place | None]:
    home = folder / kind
    home.mkdir()
    with contextlib.ExitStack() as stack:
        if kind == "sqlite":
            addresses, pid = [f"sqlite:///{home}/{name}.sqlite" for name in ("few", "many")], 0
        else:
            server = stack.enter_context(databases.postgresql())
            if server is None:
                yield None
                return
            addresses = [stack.enter_context(databases.spare(server[0])) for _ in range(2)]
            pid = server[1]
        made = [
            Database(kind, address, stored)
            for address, stored in zip(addresses, (plan.few, plan.many), strict=True)
        ]
        for one in made:
            databases.prepare(one.address, plan.questionnaire, one.stored)
        yield Place(home, made[0], made[1], pid)


def _measure(kind: str, place: Place, plan: Plan, shape: Shape) -> Found:
    """Run all rounds on one kind of database and print what they found."""
    with contextlib.ExitStack() as stack:
        subjects = [
            Subject(name, stack.enter_context(server), place.pid)
            for name, server in _servers(place, shape)
        ]
        pages = min(_length(subjects[1]), plan.most_pages)
        for subject in subjects:
            _round(subject, dataclasses.replace(plan, most_pages=2, journeys=1))  # warm up
        found = Found({subject.name: [] for subject in subjects})
        for _ in range(plan.rounds):
            for subject in subjects:
                measured = _round(subject, dataclasses.replace(plan, most_pages=pages))
                found.rounds[subject.name].append(measured)
    _print_rounds(kind, place, plan, pages, found)
    _print_shares(place, plan)
    return found


def _servers(
    place: Place, shape: Shape
) -> Iterator[tuple[str, contextlib.AbstractContextManager[Server]]]:
    """Name the three servers: the floor and our pages on one database, our pages on the other."""
    floor = f"floor:create_app({place.few.address!r})"
    yield FLOOR, servers.serve("floor", floor, shape, place.folder)
    for name, database in ((OURS, place.few), (MANY, place.many)):
        environment = {
            "ENGAGE_DATABASE_URL": database.address,
            "ENGAGE_DATA_DIR": str(place.folder),
            "ENGAGE_SECRET_KEY": SECRET,
        }
        ours = "engage.wsgi:app"  # found from the root: a benchmark here is called like a room
        yield name, servers.serve(name, ours, shape, place.folder, place=ROOT, **environment)


def _length(subject: Subject) -> int:
    """Return how many pages somebody answers in the whole survey; also wakes the server."""
    crowd = Crowd(subject.server.port, SLUG, people=1, journeys=1)
    return len(asyncio.run(_walk(crowd))[1].turns)


async def _walk(crowd: Crowd) -> tuple[Tally, Tally, Tally]:
    return await crowd.begin(), await crowd.answer(), await crowd.send()


def _round(subject: Subject, plan: Plan) -> Round:
    crowd = Crowd(subject.server.port, SLUG, plan.people, plan.journeys, most_pages=plan.most_pages)
    return asyncio.run(_phases(subject, crowd))


async def _phases(subject: Subject, crowd: Crowd) -> Round:
    """Let everybody begin, answer and send; the figures are those of answering."""
    start = subject.server.cpu()
    begun = await crowd.begin()
    before = subject.server.cpu(), servers.cpu_of(subject.database_pid)
    answered = await crowd.answer()
    after = subject.server.cpu(), servers.cpu_of(subject.database_pid)
    sent = await crowd.send()
    turns = max(1, len(answered.turns))
    return Round(
        pages_per_second=answered.pages_per_second,
        p95=answered.p95,
        cpu=1000 * (after[0] - before[0]) / turns,
        database_cpu=1000 * (after[1] - before[1]) / turns,
        whole_cpu=1000 * (subject.server.cpu() - start) / turns,
        turns=len(answered.turns),
        errors=tuple(begun.errors + answered.errors + sent.errors),
    )


def _print_rounds(kind: str, place: Place, plan: Plan, pages: int, found: Found) -> None:
    print(
        f"\n{kind}: {plan.people} people, {pages} pages each, {plan.rounds} rounds; "
        f"{place.few.stored:,} answers stored before, {place.many.stored:,} in the last row"
    )
    print(" " * 20 + "".join(f"{title:>10}" for title in (*FIGURES.values(), "errors")))
    for name in found.rounds:
        figures = "".join(f"{found.middle(name, figure):10.2f}" for figure in FIGURES)
        print(f"{name:20}{figures}{len(found.errors(name)):10}")
        for error in found.errors(name)[:SHOWN_ERRORS]:
            print(f"    {error}")


def _print_shares(place: Place, plan: Plan) -> None:
    settings = Settings(
        data_dir=place.folder, database_url=place.few.address, secret_key=SECRET, mode="test"
    )
    looks = shares.measure(settings, SLUG, plan.seconds_inside)
    parts = ", ".join(f"{part} {share:.0%}" for part, share in looks.shares().items())
    print(f"time of our pages: {parts}")
    busiest = looks.places.most_common(SHOWN_PLACES)
    print("busiest of our functions, with what they call of libraries:")
    for name, count in busiest:
        print(f"    {count / max(1, looks.places.total()):6.1%}  {name}")


def _last_line(found: dict[str, Found]) -> str:
    parts = [
        f"{kind} pages {one.ratio('pages_per_second'):.2f} p95 {one.ratio('p95'):.2f} "
        f"cpu {one.ratio('cpu'):.2f}"
        for kind, one in found.items()
    ]
    flat = max((one.flat() for one in found.values()), default=0.0)
    return f"ratios: {' | '.join([*parts, f'flat {flat:.2f}'])}"


def _plan(options: argparse.Namespace) -> Plan:
    quick = options.quick
    return Plan(
        people=options.people,
        journeys=1 if quick else 2,
        most_pages=10 if quick else LONGEST_JOURNEY,
        rounds=options.rounds or (2 if quick else 5),
        few=1_000,
        many=options.many or (20_000 if quick else 1_000_000),
        seconds_inside=2.0 if quick else 8.0,
        questionnaire=options.questionnaire,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a look in under a minute")
    parser.add_argument(
        "--database", nargs="+", default=["sqlite", "postgresql"],
        choices=["sqlite", "postgresql"], help="both unless one is named",
    )  # fmt: skip
    parser.add_argument("--people", type=int, default=50, help="who answer at once (50)")
    parser.add_argument("--rounds", type=int, help="rounds of each (5; quick 2)")
    parser.add_argument("--many", type=int, help="stored answers (1000000; quick 20000)")
    parser.add_argument("--workers", type=int, default=2, help="server processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each; 1 is sync (4)")
    parser.add_argument(
        "--questionnaire", default="parent_carers", help="one of those that come with Engage"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
