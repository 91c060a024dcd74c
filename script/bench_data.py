"""The data to measure with, made and kept: one database for each number of cases."""

from __future__ import annotations

import argparse
import os
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmark.settings"

import django

django.setup()

from benchmark.database import Size, bench_database  # noqa: E402
from benchmark.lines import report  # noqa: E402


def main() -> None:
    """Ten thousand cases unless asked otherwise; 1000+45000x60: with returns of 45,000 units in 60 weeks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=Size.read, nargs="+", default=[Size(10_000)])
    for size in parser.parse_args().cases:
        begun = time.perf_counter()
        with bench_database(size):
            seconds = round(time.perf_counter() - begun, 1)
            report(database=size.database, cases=size.cases, returns=size.returns, seconds=seconds)


if __name__ == "__main__":
    main()
