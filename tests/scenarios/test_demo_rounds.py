"""督导 and 分析报告 of the demonstration: a round with tasks, one that its unit does not know of, a past week."""

from yuetan.actions.record.checks.check_reports import check_reports
from yuetan.actions.record.checks.check_rounds import check_rounds
from yuetan.actions.rounds.guests import guests_of
from yuetan.models import Assignment, Document, ReceiptScan, ReportAnalysis, RoundVisit, SupervisionRound, User
from yuetan.vocabulary import AnalysisState, DocumentKind, ReportingRhythm, RoundKind, RoundState, VisitState

SIGNED, UNSIGNED, UNAWARE = "440785101", "440784103", "440705104"


def test_a_round_that_led_to_papers_and_tasks_and_one_ahead(played):
    assert not [*check_rounds(), *check_reports()]
    running = SupervisionRound.objects.order_by("begins_on").first()
    assert (running.kind, running.state) == (RoundKind.LINKED, RoundState.RUNNING)
    visits = {visit.unit.code: visit for visit in running.visits.select_related("round", "unit")}
    assert {visit.state for visit in visits.values()} == {VisitState.INFORMED}
    assert visits[SIGNED].opinion_received_at
    assert not visits[UNSIGNED].opinion_received_at
    papers = Document.objects.filter(visit__round=running).order_by("issued_at", "pk").values_list("kind", flat=True)
    assert list(papers) == [DocumentKind.ROUND_NOTICE] * 2 + [DocumentKind.ROUND_OPINION] * 3
    (corrected,) = visits[UNSIGNED].corrections.all()
    assert [corrected.drafted_by.username, corrected.confirmed_by.username] == ["officer", "director"]
    assert visits[UNSIGNED].demands.endswith("书面报告整改结果。")
    assert visits[UNSIGNED].opinion.replaces.visit == visits[UNSIGNED]
    given = Assignment.objects.get(round_visit=visits[SIGNED])
    assert given.tasks.count() == 2


def test_somebody_of_another_department_came_along_and_an_opinion_was_signed_for_on_paper(played):
    visit = RoundVisit.objects.with_relations().get(unit__code=SIGNED, round__kind=RoundKind.LINKED)
    (guest,) = guests_of(visit.round)
    for finding in visit.findings.all():
        assert f"{guest.name}（市市场监督管理局" in finding.names_seen
    assert visit.opinion_receipt.is_of_paper
    (scan,) = ReceiptScan.objects.filter(document__visit=visit)
    assert scan.document == visit.opinion


def test_a_round_that_a_unit_does_not_know_of_is_ahead(played):
    ahead = SupervisionRound.objects.order_by("begins_on").last()
    assert (ahead.kind, ahead.state) == (RoundKind.UNANNOUNCED, RoundState.PLANNED)
    for of_unit, seen in ((UNAWARE, 0), (SIGNED, 2), (UNSIGNED, 1)):
        liaison = User.objects.get(username=f"liaison_{of_unit}")
        assert RoundVisit.objects.visible_to(liaison).count() == seen, of_unit
    assert RoundVisit.objects.visible_to(User.objects.get(username="officer")).count() == 6


def test_each_form_of_a_round_is_there(played):
    rounds = {one.kind: one for one in SupervisionRound.objects.all()}
    assert set(rounds) == set(RoundKind.values)
    followed = RoundVisit.objects.get(round=rounds[RoundKind.FOLLOW_UP])
    tasks = [one["task"] for one in followed.points_followed if one["task"]]
    assert len(tasks) == 2
    assert len(followed.points_followed) == 3
    assert rounds[RoundKind.DISPATCHED].sent_words
    assert len(guests_of(rounds[RoundKind.JOINT])) == 1


def test_an_analysis_of_a_past_week_was_issued(played):
    analysis = ReportAnalysis.objects.with_relations().get(period__version__rhythm=ReportingRhythm.WEEKLY)
    assert analysis.state == AnalysisState.ISSUED
    people = [one.username for one in (analysis.drafted_by, analysis.endorsed_by, analysis.issued_by)]
    assert people == ["officer", "supervisor", "director"]
    assert analysis.figures["missing"]
    assert analysis.document.issued_at == analysis.issued_at
