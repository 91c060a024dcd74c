"""Appending to the record measured: events a second by one and by several writers, sealed and without a seal.

Each event is a transaction of its own; writers have cases of their own, or one between them all,
whose chain lets them pass one by one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bench_steps import per_second  # sets Django up, too
from benchmark.database import Size, bench_database
from benchmark.lines import report
from django.db import transaction

from yuetan.models import Case, Event, User
from yuetan.rules.dates import clock
from yuetan.sealing import sealing_put_off
from yuetan.vocabulary import Verb

WRITERS = (1, 4, 16)


def appended(case: Case, actor: User) -> Callable[[], object]:
    """One event, sealed at the end of its transaction."""

    def append() -> None:
        with transaction.atomic():
            Event.objects.create(case=case, verb=Verb.PLACE_HOLD, actor=actor, created_at=clock.now())

    return append


def unsealed(append: Callable[[], object]) -> Callable[[], object]:
    """The same without a seal: what a plain table would cost."""

    def plain() -> None:
        with sealing_put_off():
            append()

    return plain


def main() -> None:
    """Two hundred events a writer unless asked otherwise; what is appended stays in the kept database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--events", type=int, default=200, help="a writer")
    asked = parser.parse_args()
    with bench_database(Size(asked.cases)):
        cases, actor = list(Case.objects.order_by("-pk")[: max(WRITERS)]), User.objects.order_by("pk")[0]
        for writers in WRITERS:
            own = [appended(cases[number % writers], actor) for number in range(writers * asked.events)]
            plain = per_second([unsealed(each) for each in own], writers)
            sealed = per_second(own, writers)
            one = per_second([appended(cases[-1], actor)] * (writers * asked.events), writers)
            line = {"writers": writers, "sealed_per_s": round(sealed), "plain_per_s": round(plain)}
            report(**line, ratio=round(sealed / plain, 2), sealed_in_one_chain_per_s=round(one))


if __name__ == "__main__":
    main()
