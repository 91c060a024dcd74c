"""信息报送 of the demonstration: every rhythm, with what came late, not at all or was sent back, and its analyses."""

from yuetan.models import PeriodicReport, ReportAnalysis, ReportPeriod, ReportScheme
from yuetan.models.reporting.analysis_due import analyses_due
from yuetan.models.reporting.summary import summarise
from yuetan.rules.dates import clock
from yuetan.scenarios.demo.rhythms import LATE, MISSES, NOTHING, RETURNED
from yuetan.vocabulary import ReportingRhythm, ReportState


def ended_last(rhythm):
    """The newest period of a rhythm that is over."""
    return ReportPeriod.objects.filter(version__rhythm=rhythm, last__lt=clock.today()).latest("last")


def test_every_rhythm_with_something_to_compare(played):
    rhythms = [ReportingRhythm(scheme.newest_version().rhythm) for scheme in ReportScheme.objects.all()]
    assert set(rhythms) == set(ReportingRhythm) - {ReportingRhythm.ONCE}

    for rhythm in (ReportingRhythm.QUARTERLY, ReportingRhythm.HALF_YEARLY):
        summary = summarise(ended_last(rhythm))
        assert all(summary.others)
        for figure in summary.figures(summary.total)[:2]:
            assert figure.now > figure.before > 0 or figure.before > figure.now > 0
            assert figure.last_year

    reports = {
        one.unit.code: one for one in PeriodicReport.objects.with_relations().filter(period=ended_last("monthly"))
    }
    missed = set(
        PeriodicReport.objects.missed().filter(period=ended_last("monthly")).values_list("unit__code", flat=True)
    )
    assert missed == {MISSES, RETURNED}  # until it reports again
    assert reports[RETURNED].state == ReportState.RETURNED
    assert {one.state for code, one in reports.items() if code not in (MISSES, RETURNED)} == {ReportState.ACCEPTED}
    assert PeriodicReport.objects.filter(unit__code=NOTHING, versions__is_zero=True).exists()
    assert reports[LATE].lateness.startswith("逾期")
    assert summarise(ended_last("monthly")).total.standing.late == 1


def test_each_period_that_is_over_is_analysed(played):
    ended = ReportPeriod.objects.filter(
        version__rhythm__in=[ReportingRhythm.QUARTERLY, ReportingRhythm.HALF_YEARLY], last__lt=clock.today()
    )
    issued = ReportAnalysis.objects.exclude(issued_at=None).filter(period__in=ended)
    assert set(issued.values_list("period", flat=True)) == set(ended.values_list("pk", flat=True))
    assert all(one.span.last >= clock.today() for one in analyses_due(clock.today()))
    assert all(
        one.figures["missing"] == []
        for one in issued.exclude(period__in=[ended_last("quarterly"), ended_last("half_yearly")])
    )
