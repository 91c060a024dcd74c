"""The ladder of the demonstration: one way up rung by rung, one by gravity, and something that waits for everybody."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import call_command

from tests.consistency import check_all
from tests.past_triggers import past_triggers
from yuetan.models import AccountabilityMeasure, Case, PendingStep, Post, Referral, Restriction, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, MeasureState, ReferralOutcome, Role, RungKind, Verb


@pytest.fixture
def played(office, settings, tmp_path, monkeypatch):
    """The demonstration without the matters that it has beside the ladder."""
    with past_triggers():
        Post.objects.all().delete()
        User.objects.all().delete()
    shutil.copytree(settings.FIXTURES / "demo", tmp_path / "demo")
    (tmp_path / "demo/matters.json").write_text(json.dumps({"cases": [], "letters": []}), encoding="utf-8")
    settings.FIXTURES = tmp_path
    monkeypatch.setenv("YUETAN_DEMO_PASSWORD", "a demonstration 2026")
    call_command("demo", stdout=StringIO())


def test_the_ladder_of_the_demonstration(played):
    assert check_all() == Case.objects.count()
