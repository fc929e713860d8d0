"""Servers to measure: gunicorn as `engage serve` sets it, and the CPU time of its workers."""

import contextlib
import dataclasses
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
FROM_HERE = {"PYTHONPATH": str(HERE.parent)}  # measure this checkout, whatever is installed
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60
SECRET = "a secret that only the benchmark knows, long enough"  # noqa: S105  # guards nothing


@dataclasses.dataclass(frozen=True)
class Shape:
    """How many processes and threads serve; the same for all that is compared."""

    workers: int = 2
    threads: int = 4

    @property
    def options(self) -> list[str]:
        """Return gunicorn's options: those of `engage serve`, and patience between requests."""
        kind = "gthread" if self.threads > 1 else "sync"
        return [
            "--workers", str(self.workers), "--threads", str(self.threads),
            "--worker-class", kind, "--keep-alive", "75", "--log-level", "warning",
            "--no-control-socket",
        ]  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Server:
    """A server that runs: where it listens, and its process."""

    name: str
    port: int
    pid: int

    def cpu(self) -> float:
        """Return the CPU seconds that its processes have used so far."""
        return cpu_of(self.pid)


@contextlib.contextmanager
def serve(
    name: str, app: str, shape: Shape, folder: Path, *, place: Path = HERE, **environment: str
) -> Iterator[Server]:
    """Run gunicorn with an application, found from `place`, until the measuring is over."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
    command = [sys.executable, "-m", "gunicorn", *shape.options, "-b", f"127.0.0.1:{port}", app]
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603  # our own words
            command, cwd=place, env=kept | FROM_HERE | environment, stdout=log, stderr=log
        )
    try:
        _wait_for(port, process, folder / f"{name}.log")
        yield Server(name, port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def cpu_of(root: int) -> float:
    """Return the CPU seconds of a process and all below it, those that have ended included."""
    if not root:
        return 0.0
    return sum(_ticks(pid) for pid in _family(root)) / TICKS


def _family(root: int) -> list[int]:
    """Return a process and everything it has started."""
    children = Path(f"/proc/{root}/task/{root}/children")
    try:
        below = [int(pid) for pid in children.read_text().split()]
    except FileNotFoundError:
        return []
    return [root, *(one for child in below for one in _family(child))]


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return sum(int(field) for field in fields[11:15])  # user and system, own and of the ended


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    message = f"The server did not start:\n{log.read_text()}"
    raise RuntimeError(message)
