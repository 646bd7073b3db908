# #region collide
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg

Call = Callable[[psycopg.Connection], None]


def collide(url: str, lock: str, *calls: Call) -> list[BaseException | None]:
    """
    Takes a lock, starts the calls, each on a connection of its own, and waits until every one of them is stuck behind it
    in the database. Then lets go, and tells how each call ended.
    """
    with (
        ThreadPoolExecutor(len(calls)) as threads,
        psycopg.connect(url, autocommit=True) as observer,
        psycopg.connect(url) as gate,  # closed first, so that the lock is gone even if the calls never came as far
    ):
        gate.execute(lock)
        running = [threads.submit(on_own_connection, url, call) for call in calls]
        deadline = time.monotonic() + 30
        while blocked(observer) < len(calls):
            assert time.monotonic() < deadline, "the calls never got stuck"
            time.sleep(0.01)
        gate.commit()
        return [call.exception() for call in running]


def blocked(observer: psycopg.Connection) -> int:
    return observer.execute(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    ).fetchone()[0]


def on_own_connection(url: str, call: Call) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        call(connection)
# #endregion collide
