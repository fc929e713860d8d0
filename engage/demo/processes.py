"""The demo's web server and worker: started, waited for, and always stopped again."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from engage.settings import Settings

START_WITHIN_SECONDS = 60
STOP_WITHIN_SECONDS = 25


class DemoError(ValueError):
    """The demo cannot go on; the message says what to do."""


@contextlib.contextmanager
def running(settings: Settings, name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `engage NAME ...` beside this process; what it prints goes to NAME.log."""
    log = settings.data_dir / f"{name}.log"
    with log.open("ab") as file:
        process = subprocess.Popen(  # noqa: S603  # our own command, no shell
            [sys.executable, "-c", "from engage.cli import main; main()", name, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=os.environ | {"ENGAGE_DATA_DIR": str(settings.data_dir.resolve())},
        )
        try:
            yield process
        finally:
            _stop(process)


def require_free(port: int) -> None:
    """Raise DemoError when somebody else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            message = f"Port {port} is in use. Choose another: script/demo --port {port + 1}"
            raise DemoError(message) from None


def wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return once the server answers; raise DemoError with where to look if it does not."""
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # our own loopback
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    message = f"The web server did not start. Its messages are in {log}."
    raise DemoError(message)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
