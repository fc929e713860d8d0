"""Slows down guessing without keeping anything about anybody.

Wrong attempts are remembered for a few minutes in this process only, under a hash with a salt of
the day that nobody has written down; nothing is written anywhere.

Thirty children of a class share one address. So limits for an address are generous, and those for
a code or a response are tight. Wrong codes of many addresses together lock nobody out: they only
make the limit of each address tight, so that others go on while somebody guesses.
"""

import datetime as dt
import hashlib
import ipaddress
import secrets
from collections import deque

PEOPLE_REMEMBERED = 10_000
EVERYBODY = "everybody"
HOUSEHOLD = 64  # bits of an IPv6 address that one connection keeps; the rest it draws at will


class Throttle:
    """Allows a number of wrong attempts within a span of time, for each source."""

    def __init__(self, limit: int, window: dt.timedelta) -> None:
        self._limit = limit
        self._window = window
        self._day: dt.date | None = None
        self._salt = b""
        self._attempts: dict[bytes, deque[dt.datetime]] = {}

    def allows(self, source: str, now: dt.datetime) -> bool:
        """Tell whether this source may try again now."""
        times = self._attempts.get(self._mark(source, now), deque())
        while times and times[0] <= now - self._window:
            times.popleft()
        return len(times) < self._limit

    def count(self, source: str, now: dt.datetime) -> None:
        """Remember one wrong attempt; when memory is full the oldest source is forgotten."""
        mark = self._mark(source, now)
        if mark not in self._attempts and len(self._attempts) >= PEOPLE_REMEMBERED:
            self._attempts.pop(next(iter(self._attempts)))
        self._attempts.setdefault(mark, deque(maxlen=self._limit)).append(now)

    def _mark(self, source: str, now: dt.datetime) -> bytes:
        """Hash a source with the salt of the day; the next day nobody can tell who was here."""
        if self._day != now.date():
            self._day, self._salt = now.date(), secrets.token_bytes(16)
            self._attempts.clear()
        return hashlib.blake2b(source.encode(), key=self._salt, digest_size=16).digest()


class Guard:
    """Watches the wrong codes of each address, and whether somebody guesses from many at once."""

    def __init__(self, *, calm: int, tight: int, alarm: int, window: dt.timedelta) -> None:
        """Allow `calm` wrong codes an address, or `tight` while `alarm` came from all together."""
        self._calm = Throttle(calm, window)
        self._tight = Throttle(tight, window)
        self._all = Throttle(alarm, window)

    def allows(self, address: str, now: dt.datetime) -> bool:
        """Tell whether somebody at this address may try a code now."""
        source = connection(address)
        is_calm = self._all.allows(EVERYBODY, now) or self._tight.allows(source, now)
        return is_calm and self._calm.allows(source, now)

    def count(self, address: str, now: dt.datetime) -> None:
        """Remember one wrong code."""
        source = connection(address)
        for throttle in (self._calm, self._tight):
            throttle.count(source, now)
        self._all.count(EVERYBODY, now)


def connection(address: str) -> str:
    """Return what stands for one connection: an IPv6 address without the part it can change."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004  # the other one is 6
        return address
    return str(ipaddress.ip_network((found, HOUSEHOLD), strict=False))
