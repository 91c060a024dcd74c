"""The demonstration, played once for all the tests of a file; what one of them changes is rolled back after it."""

import json
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from tests import cast
from tests.conftest import QUICK_PASSWORDS, examined_here
from tests.past_triggers import past_triggers
from yuetan.actions.files import examination
from yuetan.models import Post, User


@pytest.fixture(scope="module")
def _demonstration(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Without the matters of its cases; hands back the folder of its files."""
    fixtures, files = tmp_path_factory.mktemp("fixtures"), tmp_path_factory.mktemp("demonstration")
    shutil.copytree(settings.FIXTURES / "demo", fixtures / "demo")
    (fixtures / "demo/matters.json").write_text(json.dumps({"cases": [], "letters": []}), encoding="utf-8")
    with django_db_blocker.unblock(), transaction.atomic():
        with past_triggers():
            Post.objects.all().delete()
            User.objects.all().delete()
        with time_machine.travel(cast.MONDAY), pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "FIXTURES", fixtures)
            patch.setattr(settings, "MEDIA_ROOT", files)
            patch.setattr(settings, "ANCHORS", files.with_suffix(".anchors"))
            patch.setattr(settings, "PASSWORD_HASHERS", QUICK_PASSWORDS)
            patch.setattr(examination, "_run_examiner", examined_here)
            patch.setenv("YUETAN_DEMO_PASSWORD", "a demonstration 2026")
            call_command("demo", stdout=StringIO())
        yield files
        transaction.set_rollback(True)


@pytest.fixture
def played(_demonstration: Path, office: object, settings: object) -> None:
    settings.MEDIA_ROOT = _demonstration
