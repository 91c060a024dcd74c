"""A pytest plugin that writes down which test runs which lines, how long it takes, and whether it passes."""

import json
import os
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coverage import Coverage
from django.db import connection


class Recorder:
    """Writes `lines.*` (coverage's own format), `tests.*.json` and `histories.*.json` into a folder.

    Each test is a context, and so is each history that is run once and copied afterwards; the last file tells for each
    of the two on which histories it stands.
    """

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self.tests: dict[str, dict[str, object]] = {}
        self.contexts = [""]
        self.histories: dict[Hashable, str] = {}
        self.stands_on: dict[str, set[str]] = {}
        self.coverage = Coverage(
            data_file=str(folder / "lines"), data_suffix=True, source=[str(source)], config_file=False
        )
        self.coverage.start()

    def pytest_collection_finish(self) -> None:
        """Be asked around every history; only now can the tests be imported."""
        from tests import nothing_sent_twice  # noqa: PLC0415

        nothing_sent_twice.around = self.history

    @contextmanager
    def history(self, name: Hashable) -> Iterator[None]:
        """Let all lines count for the history, whether it is run or copied, and remember who stands on it."""
        number = len(self.histories)
        context = self.histories.setdefault(name, f"history {os.getpid()} {number}")
        self.stands_on.setdefault(self.contexts[-1], set()).add(context)
        with self._context(context):
            yield

    @contextmanager
    def _context(self, name: str) -> Iterator[None]:
        self.contexts.append(name)
        self.coverage.switch_context(name)
        try:
            yield
        finally:
            self.contexts.pop()
            self.coverage.switch_context(self.contexts[-1])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Let all lines from the first fixture to the last count for this test."""
        self.tests[item.nodeid] = {"seconds": 0.0, "passed": True}
        with self._context(item.nodeid):
            began = time.process_time()  # however busy the machine is
            outcome = yield
            self.tests[item.nodeid]["seconds"] = time.process_time() - began
        return outcome

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep in mind whether it failed."""
        self.tests[report.nodeid]["passed"] &= report.passed

    def pytest_unconfigure(self) -> None:
        """Write everything down."""
        self.coverage.stop()
        self.coverage.save()
        stands_on = {context: sorted(histories) for context, histories in self.stands_on.items()}
        for name, kept in (("tests", self.tests), ("histories", stands_on)):
            path = self.folder / f"{name}.{os.getpid()}.json"
            path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to record, into the folder and of the source that the environment names."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):  # xdist's head runs no test
        connection.settings_dict["TEST"]["NAME"] = f"mutant_{os.getpid()}"  # no other run's database
        config.pluginmanager.register(Recorder(Path(os.environ["RECORD_INTO"]), Path(os.environ["RECORD_SOURCE"])))
