"""One mutant tried: a child of this warm process imports it in place of the file and runs tests until one fails.

The source on disk is never touched; whatever kills the child or its parent leaves at most a scratch database.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import resource
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType

import django
import pytest
from django.db import connection
from django.utils import translation

from mutation.mutants import Mutant

SCRATCH = "mutant_"
# What the site and its tests import of others: read once, before any mutant. pytest wants its plugins for itself.
PRELOADED = (
    *("django.test", "django.db.models", "django.forms", "django.template", "django.contrib.postgres", "environ"),
    *("psycopg2.extras", "weasyprint", "pdfplumber", "pypdf"),
    *("pypdfium2", "PIL.Image", "openpyxl", "docx", "lxml", "fontTools.ttLib", "segno"),
    *("holidays", "chinese_calendar", "pypinyin"),
)
FAILED, COLLECTED_NOTHING = {1, 2, 3, 4}, 5


@dataclass
class Trial:
    """A mutant with the tests it is tried by, and what became of it."""

    mutant: Mutant | None
    tests: Sequence[str]
    reached_by: int = 0
    killed: bool = False
    by: str = ""
    process: multiprocessing.Process | None = field(default=None, repr=False)
    log: Path | None = None
    began: float = 0.0


class InPlaceOf(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports one module from other source than its file has; whoever asks for the file still reads the file."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        super().__init__(name, str(path))
        self.source = source

    def find_spec(self, name: str, path: object, target: ModuleType | None = None) -> object:
        """Itself for its one module."""
        if name == self.name:
            return importlib.util.spec_from_file_location(name, self.path, loader=self)
        return None

    def get_code(self, name: str) -> CodeType:
        """The changed source, compiled under the name of the file."""
        return compile(self.source, self.path, "exec", dont_inherit=True)


class Chosen:
    """Runs the chosen tests only, those first that are named first, and writes down which one failed."""

    def __init__(self, trial: Trial) -> None:
        self.place = {test: index for index, test in enumerate(trial.tests)}
        self.is_model = trial.mutant is None or "models" in trial.mutant.path.parts
        self.failure = trial.log.with_suffix(".failed")

    def pytest_configure(self) -> None:
        """A database of this process alone, that nobody else's run can meet."""
        connection.settings_dict["TEST"]["NAME"] = f"{SCRATCH}{os.getpid()}"

    def pytest_sessionstart(self) -> None:
        """Models must agree with their migrations, as script/test asks too: the tables are those of the unchanged."""
        if self.is_model and _schema_changes():
            self.failure.write_text("makemigrations --check", encoding="utf-8")
            pytest.exit("makemigrations --check", returncode=1)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> object:
        """After conftest.py has moved those to the end that empty the tables."""
        missing = self.place.keys() - {item.nodeid for item in items}
        renamed = {_without_values(name): self.place[name] for name in missing}  # a changed value names its test anew
        places = [self.place.get(item.nodeid, renamed.get(_without_values(item.nodeid))) for item in items]
        chosen = {item: place for item, place in zip(items, places, strict=True) if place is not None}
        items[:] = chosen
        yield
        items.sort(key=lambda item: (_empties_tables(item), chosen[item]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first that fails is enough."""
        if report.failed:
            self.failure.write_text(report.nodeid, encoding="utf-8")


def _schema_changes() -> dict[str, object]:
    from django.apps import apps  # noqa: PLC0415
    from django.db.migrations.autodetector import MigrationAutodetector  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415
    from django.db.migrations.state import ProjectState  # noqa: PLC0415

    loader = MigrationLoader(None)
    with translation.override(None):  # names in migrations are those of no language
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        return detector.changes(graph=loader.graph)


def _without_values(name: str) -> str:
    return name.partition("[")[0]


def _empties_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


def preload() -> None:
    """Import what no mutant can change, so that a child need not."""
    for name in PRELOADED:
        importlib.import_module(name)


def start(trial: Trial, log: Path, seconds: int) -> None:
    """Fork a child that tries it; it may compute for so many seconds."""
    trial.log = log
    log.with_suffix(".failed").unlink(missing_ok=True)
    trial.process = multiprocessing.get_context("fork").Process(target=_child, args=(trial, seconds), daemon=True)
    trial.process.start()
    trial.began = time.monotonic()


def has_ended(trial: Trial, patience: float) -> bool:
    """Whether its child is gone; one that outstays our patience is ended here."""
    if time.monotonic() - trial.began > patience:
        trial.process.kill()
        trial.process.join()
    return not trial.process.is_alive()


def conclude(trial: Trial) -> None:
    """Read what the ended child has left."""
    code = trial.process.exitcode
    trial.killed = code in FAILED or code < 0
    failed = trial.log.with_suffix(".failed")
    if failed.exists():
        trial.by = failed.read_text(encoding="utf-8")
    elif trial.killed:
        trial.by = f"(ended by signal {-code}: out of time)" if code < 0 else "(import)"


def drop_scratch_databases() -> None:
    """Drop what children that were killed have left, in a child that may import the site."""
    process = multiprocessing.get_context("fork").Process(target=_drop)
    process.start()
    process.join()


def _drop() -> None:
    django.setup()
    with connection._nodb_cursor() as cursor:  # noqa: SLF001
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [SCRATCH])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _child(trial: Trial, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    output = os.open(trial.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    try:
        code = _run(trial)
    except BaseException:  # noqa: BLE001  # whatever it was, the log says it and the exit code tells it
        traceback.print_exc()
        code = 3
    sys.stdout.flush()
    os._exit(code)


def _run(trial: Trial) -> int:
    if trial.mutant is not None:
        name = ".".join(trial.mutant.path.with_suffix("").parts).removesuffix(".__init__")
        sys.meta_path.insert(0, InPlaceOf(name, trial.mutant.path.resolve(), trial.mutant.source()))
    files = list(dict.fromkeys(test.partition("::")[0] for test in trial.tests))
    options = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:playwright"]
    code = pytest.main([*options, *files], plugins=[Chosen(trial)])
    return 0 if code == COLLECTED_NOTHING else int(code)
