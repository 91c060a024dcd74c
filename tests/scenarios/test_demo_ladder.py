"""The ladder of the demonstration: one way up rung by rung, one by gravity, and something that waits for everybody."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import call_command

from tests.consistency import check_all
from tests.past_triggers import past_triggers
from yuetan.models import (
    AccountabilityMeasure,
    Case,
    PendingStep,
    Post,
    Referral,
    Restriction,
    RestrictionInquiry,
    User,
)
from yuetan.vocabulary import CaseState, DoorKind, MeasureState, ReferralOutcome, Role, RungKind, Verb
from yuetan.vocabulary.restriction import RestrictionStanding


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

    laid = AccountabilityMeasure.objects.filter(unit__code="440785101").order_by("created_at")
    assert [(one.rung.kind, one.door.kind, one.state) for one in laid] == [
        (RungKind.CIRCULAR, DoorKind.GROUND, MeasureState.ENDED),
        (RungKind.LISTED_SUPERVISION, DoorKind.NOT_IN_TIME, MeasureState.ENDED),
    ]
    circular, listing = laid
    assert (listing.case.rung_laid, listing.case.state) == (circular, CaseState.CLOSED)
    assert listing.delisting_paper.receipt_or_none
    restricted = Restriction.objects.filter(measure_laid=listing)
    assert {one.standing for one in restricted} == {RestrictionStanding.IN_FORCE}  # 摘牌 ends none of it

    veto = AccountabilityMeasure.objects.get(unit__code="440783001")
    assert (veto.rung.kind, veto.door.kind, veto.state) == (RungKind.VETO, DoorKind.GRAVITY, MeasureState.SERVED)
    assert not any(one.is_open for one in veto.consultations.all())
    assert veto.decision_item.decided_by.username == "group_leader"
    assert Referral.objects.get(measure_laid=veto).outcome == ReferralOutcome.DISCIPLINED


AWAITED = {
    Role.CASE_OFFICER: {Verb.SERVE_MEASURE, Verb.RECORD_CONSULTATION},
    Role.OFFICE_DIRECTOR: {Verb.DECIDE_MEASURE, Verb.GRANT_DELISTING},
    Role.SUPERVISOR: {Verb.ACCEPT_TASK},
    Role.LEADING_GROUP: {Verb.DECIDE_MEASURE},
}


def test_somebody_of_each_role_has_a_rung_to_do(played):
    waiting = PendingStep.objects.now().exclude(measure_laid=None)
    for role, verbs in AWAITED.items():
        assert set(waiting.filter(role=role, verb__in=verbs).values_list("verb", flat=True)) == verbs, role
    for code, verb in (("440705102", Verb.HAND_IN_REPORT), ("440781", Verb.ACKNOWLEDGE_MEASURE)):
        assert waiting.filter(unit__code=code, verb=verb).exclude(group=None).exists(), code
    assert AccountabilityMeasure.objects.values("state").distinct().count() >= 6
    assert RestrictionInquiry.objects.get().document_or_none is None
