"""Steps measured: ours, and the very same rows written by hand, by one process and by several at once.

Each step is taken on cases of its own and kept. What ours wrote is read off the connection, and the limit writes the
same again for other cases: a lock on the case, then each statement as it stood, in one transaction.

With `--cpu` the step is undone each time, and what is measured is what this process and its server process worked: a
busy machine changes it by a tenth or two, where it changes the clock by any factor.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmark.settings"

import django

django.setup()

from benchmark.database import Size, bench_database, execute  # noqa: E402
from benchmark.lines import report  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from yuetan.models import Case, User  # noqa: E402
from yuetan.scenarios import drivers  # noqa: E402
from yuetan.vocabulary import CaseState, Verb  # noqa: E402

STEPS = (
    (Verb.ENDORSE, CaseState.IN_REVIEW),
    (Verb.APPROVE, CaseState.PROPOSED),
    (Verb.RETURN_FOR_CHANGES, CaseState.IN_REVIEW),
)
WARM = 12  # steps, until the connection has planned what it will plan
WRITES = ("INSERT", "UPDATE", "DELETE", "/* writes ")
Statement = tuple[str, tuple[object, ...]]


class Written:
    """Every statement, and what of it writes."""

    def __init__(self) -> None:
        self.count = 0
        self.statements: list[Statement] = []

    def __call__(
        self, execute: Callable[..., object], sql: str, params: object, many: bool, context: dict[str, Any]
    ) -> object:
        self.count += 1
        if sql.startswith(WRITES):
            named = isinstance(params, dict)  # and so written out: by hand they go in their order
            written = (context["cursor"].mogrify(sql, params).decode(), ()) if named else (sql, tuple(params or ()))
            self.statements.append(written)
        return execute(sql, params, many, context)


def prepared(verb: Verb, case: Case) -> Callable[[], object]:
    """The step as a request takes it: the person is read anew, what was sent is there."""
    driver = drivers.DRIVERS[verb]
    who, keywords = driver.who(case).pk, driver.keywords(case)
    return lambda: driver.action(case, by=User.objects.get(pk=who), **keywords)


def rehearsed(take: Callable[[], object]) -> Written:
    """What a step writes, undone."""
    seen = Written()
    with transaction.atomic(), connection.execute_wrapper(seen):
        take()
        transaction.set_rollback(True)
    return seen


def write_by_hand(key: object, statements: Sequence[Statement]) -> None:
    """The same rows without a question asked."""
    with transaction.atomic():
        execute("SELECT id FROM yuetan_case WHERE id = %s FOR UPDATE", key)
        for sql, params in statements:
            execute(sql, *params)


def per_second(jobs: Sequence[Callable[[], object]], processes: int) -> float:
    """How many jobs are done in a second by so many processes at once."""
    connection.close()
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(processes + 1)
    workers = [context.Process(target=_work, args=(ready, jobs[place::processes])) for place in range(processes)]
    for worker in workers:
        worker.start()
    ready.wait()
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    took = time.perf_counter() - begun
    assert all(worker.exitcode == 0 for worker in workers), "a process has failed"
    return len(jobs) / took


def _work(ready: object, jobs: Sequence[Callable[[], object]]) -> None:
    execute("SELECT 1")
    ready.wait()
    for job in jobs:
        job()
    connection.close()


def measure(verb: Verb, state: CaseState, processes: int, count: int, cases: int) -> None:
    """One line: ours on some cases, the limit on others."""
    open_cases = list(Case.objects.filter(state=state).select_related("unit").order_by("pk")[: 2 * count])
    ours, by_hand = open_cases[::2], open_cases[1::2]
    written = {case.pk: rehearsed(prepared(verb, case)) for case in by_hand}
    queries = next(iter(written.values())).count
    limit = per_second([_writer(key, each.statements) for key, each in written.items()], processes)
    rate = per_second([prepared(verb, case) for case in ours], processes)
    line = {"step": verb.value, "cases": cases, "processes": processes, "ours_per_s": round(rate, 1)}
    line |= {"limit_per_s": round(limit, 1), "ratio": round(rate / limit, 2), "queries": queries}
    report(**line, writes=len(next(iter(written.values())).statements))


def worked(job: Callable[[], object], server: int) -> tuple[float, float]:
    """The milliseconds that the program and its server process worked for one job, which is undone."""
    before, begun = _server_ms(server), time.process_time()
    with transaction.atomic():
        job()
        transaction.set_rollback(True)
    took = (time.process_time() - begun) * 1000
    time.sleep(0.003)  # the server has answered, and may not have put down its work yet
    return took, _server_ms(server) - before


def _server_ms(process: int) -> float:
    return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def measure_cpu(verb: Verb, state: CaseState, count: int, cases: int) -> None:
    """One line: the median of what ours works, and of the same rows by hand."""
    open_cases = list(Case.objects.filter(state=state).select_related("unit").order_by("pk")[: count + WARM])
    ((server,),) = execute("SELECT pg_backend_pid()")
    assert isinstance(server, int)
    jobs = [prepared(verb, case) for case in open_cases]
    for job in jobs[:WARM]:
        rehearsed(job)
    ours, by_hand = [], []
    for case, job in list(zip(open_cases, jobs, strict=True))[WARM:]:
        written = rehearsed(job)
        ours.append(worked(job, server))
        by_hand.append(worked(_writer(case.pk, written.statements), server))
    (program, own), (limit, its) = ([median(each) for each in zip(*one, strict=True)] for one in (ours, by_hand))
    line = {"step": verb.value, "cases": cases, "program_ms": round(program, 2), "server_ms": round(own, 2)}
    line |= {"limit_program_ms": round(limit, 2), "limit_server_ms": round(its, 2), "queries": written.count}
    report(**line, ratio=round((limit + its) / (program + own), 2), writes=len(written.statements))


def _writer(key: object, statements: Sequence[Statement]) -> Callable[[], object]:
    return lambda: write_by_hand(key, statements)


def main() -> None:
    """Ten thousand cases and few steps unless asked otherwise; what is taken stays taken in the kept database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000])
    parser.add_argument("--cpu", action="store_true", help="what program and server work, and nothing is kept")
    parser.add_argument("--full", action="store_true", help="10,000, 100,000 and 1,000,000 cases, sixteen processes")
    asked = parser.parse_args()
    for cases in [10_000, 100_000, 1_000_000] if asked.full else sorted(asked.cases):
        with bench_database(Size(cases)):
            for verb, state in STEPS:
                if asked.cpu:
                    measure_cpu(verb, state, 30, cases)
                    continue
                for processes in (1, 16 if asked.full else 4):
                    measure(verb, state, processes, 48 if asked.full else 16, cases)


if __name__ == "__main__":
    main()
