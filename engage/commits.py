"""Whether anything at all was committed since a moment: one question that costs next to nothing.

What was read from a database still holds while nobody has committed anything. Both databases can
tell, whoever committed and in which process, and none of our own code has to remember to say so.
"""

import threading
from collections.abc import Hashable

from sqlalchemy import Engine, PoolProxiedConnection

SQLITE = "PRAGMA data_version"
#: Which transactions a reader sees the work of: the same list, the same data.
POSTGRESQL = "SELECT pg_current_snapshot()::text"


class Commits:
    """Asks one database whether anything changed.

    SQLite tells it to a connection that never writes, so one is kept for asking alone.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._database = object()
        self._lock = threading.Lock()
        self._watching: PoolProxiedConnection | None = None

    def mark(self) -> Hashable:
        """Return a value that equals an earlier one only if nothing was committed in between.

        Take it before reading: then what is kept under it is never older than the mark.
        """
        return self._database, self._version() if self._is_sqlite else self._snapshot()

    @property
    def _is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _version(self) -> int:
        with self._lock:
            if self._watching is None:
                self._watching = self._engine.raw_connection()
                self._watching.detach()  # no other part may get it back and write
            cursor = self._watching.cursor()
            cursor.execute(SQLITE)
            found: int = cursor.fetchall()[0][0]  # all: a row left waiting would hold the log up
            cursor.close()
            return found

    def _snapshot(self) -> str:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            found: str = connection.exec_driver_sql(POSTGRESQL).scalar_one()
            return found
