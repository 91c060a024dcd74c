"""Pages measured on growing data, beside the same rows by hand, the stock admin's list and guardian's list helper."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmark.settings"

import django

django.setup()

from benchmark.database import Size, bench_database  # noqa: E402
from benchmark.lines import milliseconds, report  # noqa: E402
from benchmark.measured_page import MeasuredPage  # noqa: E402
from benchmark.pages import pages, people  # noqa: E402
from benchmark.rendering import kept  # noqa: E402
from benchmark.urls import BY_HAND  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from guardian.shortcuts import get_objects_for_user  # noqa: E402

from yuetan.models import Case, User  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"
FULL = [Size(10_000), Size(100_000), Size(1_000_000)]


class Statements:
    """How many statements an answer took, and how long the slowest of them."""

    def __init__(self) -> None:
        self.count, self.slowest = 0, 0.0

    def __call__(self, execute: Callable[..., object], *what: object) -> object:
        begun = time.perf_counter()
        try:
            return execute(*what)
        finally:
            self.count += 1
            self.slowest = max(self.slowest, (time.perf_counter() - begun) * 1000)


def opened(client: Client, address: str) -> bytes:
    """The page as it is sent; an assertion fails where there is none."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.content


def measure(page: MeasuredPage, user: User, size: Size, smallest: dict[tuple[str, str], float]) -> None:
    """One line: ours, the limit, the bare table's, and how many statements and bytes it takes."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    opened(client, page.address)
    seen = Statements()
    with connection.execute_wrapper(seen), kept():
        length = len(opened(client, page.address))
    BY_HAND["page"] = page
    measured = (page.address, "/same-template/", "/by-hand/")
    ours, limit, bare = (milliseconds(lambda: opened(client, each)) for each in measured)  # noqa: B023
    first = smallest.setdefault((page.name, page.who), ours)
    line = {"page": page.name, "cases": size.cases, "returns": size.returns, "who": page.who, "ours_ms": round(ours, 1)}
    line |= {"limit_ms": round(limit, 1), "ratio": round(ours / limit, 1), "queries": seen.count}
    line |= {"bare_ms": round(bare, 2), "bare_ratio": round(ours / bare, 1)}
    line |= {"slowest_query_ms": round(seen.slowest, 1), "kilobytes": round(length / 1024)}
    report(**line, growth=round(ours / first, 2))


def measure_others(users: dict[str, User], size: Size) -> None:
    """What Django and guardian give for nothing."""
    admin = Client()
    admin.force_login(users["officer"], backend=BACKEND)
    address = "/stock-admin/yuetan/case/"
    for name, query in (("stock admin list", ""), ("stock admin search", "?q=线索")):
        took = milliseconds(lambda: opened(admin, address + query))  # noqa: B023
        report(page=name, cases=size.cases, who="officer", ours_ms=round(took, 1))
    for who in ("officer", "busy unit", "quiet unit"):
        took = milliseconds(lambda: list(get_objects_for_user(users[who], "yuetan.see_case", Case)[:20]))  # noqa: B023
        report(page="guardian get_objects_for_user", cases=size.cases, who=who, ours_ms=round(took, 1))


def main() -> None:
    """Ten thousand cases unless asked otherwise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=Size.read, nargs="+", default=[Size(10_000)], help="10000, 1000+45000x60 …")
    parser.add_argument("--full", action="store_true", help="10,000, 100,000 and 1,000,000 cases")
    parser.add_argument("--page", nargs="+", default=[], help="only pages with one of these in their name")
    asked = parser.parse_args()
    smallest: dict[tuple[str, str], float] = {}
    for size in FULL if asked.full else asked.cases:
        with bench_database(size):
            users = people()
            for page in pages(users):
                if not asked.page or any(part in page.name for part in asked.page):
                    measure(page, users[page.who], size, smallest)
            if not asked.page:
                measure_others(users, size)


if __name__ == "__main__":
    main()
