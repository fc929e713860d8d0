"""Readers of a page: many at once over kept connections, each waiting for one page at a time."""

import asyncio
import dataclasses
import statistics
import time

LONGEST_HEAD = 65_536


@dataclasses.dataclass(frozen=True)
class Reading:
    """What one crowd of readers measured; the CPU time is the server's for one page."""

    pages_per_second: float
    p95: float
    errors: int
    cpu_ms: float = 0


async def read(port: int, path: str, *, people: int, pages: int) -> Reading:
    """Let people load a page again and again, and say how fast it came."""
    start = time.perf_counter()
    rows = await asyncio.gather(*(_person(port, path, pages) for _ in range(people)))
    seconds = time.perf_counter() - start
    times = [one for times, _, _ in rows for one in times]
    errors = sum(wrong for _, wrong, _ in rows)
    p95 = 1000 * statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 0.0
    return Reading(len(times) / seconds, p95, errors)


async def length(port: int, path: str) -> int:
    """Return how many bytes a page has."""
    return (await _person(port, path, 1))[2]


async def _person(port: int, path: str, pages: int) -> tuple[list[float], int, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LONGEST_HEAD)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n".encode()
    times: list[float] = []
    wrong = size = 0
    for _ in range(pages):
        start = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        size = next(
            int(line.partition(":")[2])
            for line in head.splitlines()
            if line.lower().startswith("content-length:")
        )
        await reader.readexactly(size)
        times.append(time.perf_counter() - start)
        wrong += " 200 " not in head.splitlines()[0]
    writer.close()
    return times, wrong, size
