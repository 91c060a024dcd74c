"""The ladder of the demonstration: one way up rung by rung, one by gravity, and something that waits for everybody."""

from tests.consistency import check_all
from yuetan.ledgers.record.log import LogLedger
from yuetan.models import (
    AccountabilityMeasure,
    Case,
    Document,
    PendingStep,
    Plea,
    Referral,
    Restriction,
    RestrictionInquiry,
    User,
)
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    CaseState,
    DocumentKind,
    DoorKind,
    MeasureState,
    PleaStanding,
    ReferralOutcome,
    Role,
    RungKind,
    Verb,
)
from yuetan.vocabulary.restriction import RestrictionStanding


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


def test_an_interview_by_gravity_waits_for_a_leader(played):
    case = Case.objects.exclude(door=None).get()
    assert (case.door.kind, case.door.article.number, case.state) == (DoorKind.GRAVITY, 28, CaseState.PROPOSED)
    assert PendingStep.objects.now().filter(case=case, verb=Verb.APPROVE, role=Role.LEADING_GROUP).exists()


def test_every_line_of_the_log_names_its_subject(played):
    ledger, reader = LogLedger(), User.objects.get(username="director")
    lines = ledger.lines(list(ledger.filtered(reader, {}).qs), reader)
    assert {line["verb"] for line in lines if not line["subject"]} == {"装入演示数据"}  # it is about all of them


def test_a_unit_of_the_province_bears_none_here_and_its_superior_does_as_it_was_asked(played):
    stationed = AccountabilityMeasure.objects.get(unit__code="440700-134")
    assert (stationed.rung.kind, stationed.state, stationed.opened_on) == (RungKind.VETO, MeasureState.SUGGESTED, None)
    letter = Document.objects.get(measure_laid=stationed, kind=DocumentKind.CONSULTATION_LETTER)
    assert letter.addressee == "市委组织部、市公安局"
    paper = Document.objects.get(measure_laid=stationed, kind=DocumentKind.VETO_PROPOSAL)
    assert paper.addressee == "省税务局、省扫黑除恶专项斗争领导小组"
    outcomes = Referral.objects.filter(measure_laid=stationed).values_list("organ", "outcome")
    assert list(outcomes) == [(name, ReferralOutcome.ADOPTED) for name in paper.addressee.split("、")]
    assert not PendingStep.objects.now().filter(measure_laid=stationed).exists()


AWAITED = {
    Role.CASE_OFFICER: {Verb.SERVE_MEASURE, Verb.RECORD_CONSULTATION},
    Role.OFFICE_DIRECTOR: {Verb.DECIDE_MEASURE, Verb.GRANT_DELISTING, Verb.CONFIRM_MEASURE_DECISION},
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
    assert RestrictionInquiry.objects.get(replied_at=None).document_or_none is None


def test_a_leader_decided_one_on_paper_and_it_waits_to_be_compared(played):
    measure = AccountabilityMeasure.objects.get(unit__code="440705103")
    paper = measure.paper_registration
    assert (paper.approver.username, paper.proof.name, paper.reviewed_at) == ("group_leader", "通报签批件.png", None)
    assert paper.given_on < paper.registered_at.date()


def test_one_paper_is_late_in_being_signed_for_and_has_climbed_to_the_director(played):
    late = AccountabilityMeasure.objects.unsigned(before=clock.today())
    assert late.filter(unit__code="440781", rung__kind=RungKind.CIRCULAR, paper__receipt=None).exists()
    for role in (Role.CASE_OFFICER, Role.OFFICE_DIRECTOR):
        waiting = PendingStep.objects.now().filter(measure_laid__in=late, role=role)
        assert waiting.filter(verb=Verb.REGISTER_MEASURE_RECEIPT, due_on__lt=clock.today()).exists()


def test_one_letter_has_its_reply_about_who_is_restricted(played):
    one = RestrictionInquiry.objects.exclude(replied_at=None).get()
    paper = one.document_or_none
    assert (paper.kind, paper.addressee) == (DocumentKind.RESTRICTION_REPLY, "江门市委组织部")
    assert one.in_force_count
    assert one.whom in paper.html
    assert one.replied_by != one.asked_by


def test_the_plea_of_the_demonstration_waits_for_who_decided_the_measure(played):
    pleas = Plea.objects.select_related("measure_laid__unit").order_by("stated_at")
    answered, plea = pleas
    assert (answered.standing, answered.measure_laid.unit.code) == (PleaStanding.UPHELD, "440703101")
    answer = Document.objects.get(kind=DocumentKind.PLEA_ANSWER)
    assert answer.measure_laid == answered.measure_laid
    assert (plea.standing, plea.measure_laid.unit.code) == (PleaStanding.WAITING, "440705102")
    assert plea.drafted_by.username == "officer"
    waiting = PendingStep.objects.now().filter(measure_laid=plea.measure_laid)
    assert waiting.filter(verb=Verb.UPHOLD_MEASURE, role=Role.OFFICE_DIRECTOR).exists()
