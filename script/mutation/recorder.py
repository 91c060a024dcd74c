"""A pytest plugin that writes down which test runs which lines, how long it takes, and whether it passes."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from django.db import connection


class Recorder:
    """Writes `lines.*` (coverage's own format, one context a test) and `tests.*.json` into a folder."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self.tests: dict[str, dict[str, object]] = {}
        self.coverage = Coverage(
            data_file=str(folder / "lines"), data_suffix=True, source=[str(source)], config_file=False
        )
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Let all lines from the first fixture to the last count for this test."""
        self.tests[item.nodeid] = {"seconds": 0.0, "passed": True}
        self.coverage.switch_context(item.nodeid)
        began = time.process_time()  # however busy the machine is
        outcome = yield
        self.tests[item.nodeid]["seconds"] = time.process_time() - began
        self.coverage.switch_context("")
        return outcome

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep in mind whether it failed."""
        self.tests[report.nodeid]["passed"] &= report.passed

    def pytest_unconfigure(self) -> None:
        """Write everything down."""
        self.coverage.stop()
        self.coverage.save()
        path = self.folder / f"tests.{os.getpid()}.json"
        path.write_text(json.dumps(self.tests, ensure_ascii=False), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to record, into the folder and of the source that the environment names."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):  # xdist's head runs no test
        connection.settings_dict["TEST"]["NAME"] = f"mutant_{os.getpid()}"  # no other run's database
        config.pluginmanager.register(Recorder(Path(os.environ["RECORD_INTO"]), Path(os.environ["RECORD_SOURCE"])))
