"""Slows down guessing without keeping anything about anybody.

Wrong attempts are remembered for a few minutes in this process only, under a hash with a salt of
the day that nobody has written down; nothing is written anywhere.

Thirty children of a class share one address. So limits for an address are generous, and those for
a code or a response are tight.
"""

import datetime as dt
import hashlib
import secrets
from collections import deque

PEOPLE_REMEMBERED = 10_000


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
