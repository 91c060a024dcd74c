"""A pytest plugin that writes down which test runs which lines, how long it takes, and whether it passes."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage


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
        self.coverage.switch_context(item.nodeid)
        outcome = yield
        self.coverage.switch_context("")
        return outcome

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up the seconds of a test and keep in mind whether it failed."""
        test = self.tests.setdefault(report.nodeid, {"seconds": 0.0, "passed": True})
        test["seconds"] += report.duration
        test["passed"] = test["passed"] and report.passed

    def pytest_unconfigure(self) -> None:
        """Write everything down."""
        self.coverage.stop()
        self.coverage.save()
        path = self.folder / f"tests.{os.getpid()}.json"
        path.write_text(json.dumps(self.tests, ensure_ascii=False), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to record, into the folder and of the source that the environment names."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):  # xdist's head runs no test
        config.pluginmanager.register(Recorder(Path(os.environ["RECORD_INTO"]), Path(os.environ["RECORD_SOURCE"])))
