"""The data to measure with, made and kept: one database for each number of cases."""

from __future__ import annotations

import argparse
import os
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmark.settings"

import django

django.setup()

from benchmark.database import bench_database  # noqa: E402
from benchmark.lines import report  # noqa: E402
from django.db import connection  # noqa: E402


def main() -> None:
    """Ten thousand cases unless asked otherwise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000])
    for cases in parser.parse_args().cases:
        begun = time.perf_counter()
        with bench_database(cases):
            database = connection.settings_dict["NAME"]
            report(database=database, cases=cases, seconds=round(time.perf_counter() - begun, 1))


if __name__ == "__main__":
    main()
