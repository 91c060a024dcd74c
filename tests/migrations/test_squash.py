"""What makes a first database at once leads to where the migrations lead that it stands for.

The tables that it makes are compared in test_upgrade.py with those of the last landed state, upgraded; here with those
of the whole line from the first migration on, which takes minutes: with YUETAN_EVERY_LANDED=1.
"""

import os

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from tests.migrations.schema import SQUASHED, schema
from tests.scratch_database import scratch_database


class EachMigration(MigrationLoader):
    """For a database that goes through them all; the squashed one it does not know."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **(options | {"replace_migrations": False}))

    def build_graph(self) -> None:
        super().build_graph()
        self.graph.remove_replacement_node(SQUASHED, self.replacements.pop(SQUASHED).replaces)


def test_it_stands_for_every_migration_up_to_its_last():
    loader = MigrationLoader(None)
    replaced = loader.disk_migrations[SQUASHED].replaces
    last = max(replaced)
    assert SQUASHED[1].endswith(f"_squashed_{last[1]}")
    assert set(replaced) == {key for key in loader.disk_migrations if key[0] == "yuetan" and key <= last} - {SQUASHED}


def test_the_models_are_those_of_the_last_migration_that_it_stands_for():
    loader = MigrationLoader(None, replace_migrations=False)
    made = loader.project_state(SQUASHED)
    led_to = loader.project_state(max(loader.disk_migrations[SQUASHED].replaces))
    assert changes(made, led_to, loader) == changes(led_to, made, loader) == {}


def changes(before: ProjectState, after: ProjectState, loader: MigrationLoader) -> dict[str, object]:
    return MigrationAutodetector(before, after).changes(graph=loader.graph)


@pytest.mark.timeout(3600)  # 340 s of CPU: on a busy machine more than the quarter of an hour that a test has
@pytest.mark.skipif("YUETAN_EVERY_LANDED" not in os.environ, reason="minutes; for whoever squashes")
def test_every_migration_in_turn_leads_to_the_same_tables(made_anew, django_db_blocker, monkeypatch):
    monkeypatch.setattr(executor, "MigrationLoader", EachMigration)
    with django_db_blocker.unblock(), scratch_database():
        call_command("migrate", verbosity=0)
        assert SQUASHED not in MigrationRecorder(connection).applied_migrations()
        assert schema().items() ^ made_anew.items() == set()
