"""Pages of 信息报送, each with the same rows by hand."""

from __future__ import annotations

from collections.abc import Iterator

from benchmark.measured_page import MeasuredPage
from yuetan.models import PeriodicReport, ReportPeriod, Unit, User

BOARD = "SELECT unit, state, handed_in_at, due_at, version, is_zero, id FROM by_hand.reports WHERE period_id = %s"
FIRST_UNITS = " ORDER BY unit_id LIMIT 20"
COUNTS = "SELECT sum(owed), sum(handed_in) FROM by_hand.sums WHERE period_id = %s"
SUMS = "SELECT parent_id, owed, handed_in, places, handed_over FROM by_hand.sums WHERE period_id = %s LIMIT 200"
MISSED = (
    "SELECT unit_id, count(*) FROM by_hand.missed WHERE period_id = %s"
    " GROUP BY unit_id ORDER BY count(*) DESC, unit_id LIMIT 100"
)
OF_UNIT = (
    "SELECT period_id, state, handed_in_at, due_at FROM by_hand.reports WHERE unit_id = %s ORDER BY id DESC LIMIT 20"
)


def report_lists() -> Iterator[MeasuredPage]:
    """The board, 汇总 and who missed how many, as the office reads them; nothing where nobody reports."""
    newest = ReportPeriod.objects.filter(unit_count__gt=0).order_by("-first").first()
    if newest is None:
        return
    period = newest.before() or newest
    values = (period.pk,)
    board = f"/reporting/board/?period={period.pk}"
    for who in ("officer", "supervisor"):
        yield MeasuredPage("schemes", who, "/reporting/", (COUNTS,), values)
        yield MeasuredPage("board", who, board, (BOARD + FIRST_UNITS, COUNTS), values)
    yield MeasuredPage("board, missed", "officer", f"{board}&state=missed", (BOARD + FIRST_UNITS, COUNTS), values)
    yield MeasuredPage("board, accepted", "officer", f"{board}&state=accepted", (BOARD + FIRST_UNITS, COUNTS), values)
    yield MeasuredPage("board, last page", "officer", f"{board}&last=1", (BOARD + FIRST_UNITS, COUNTS), values)
    summary = f"/reporting/periods/{period.pk}/summary/"
    yield MeasuredPage("summary", "officer", summary, (SUMS,), values)
    for under in Unit.objects.filter(children__periodic_reports__period=period).order_by("pk")[:1]:
        yield MeasuredPage("summary of a subtree", "officer", f"{summary}?under={under.code}", (SUMS,), values)
    yield MeasuredPage("missed", "officer", f"/reporting/schemes/{period.scheme_id}/missed/", (MISSED,), values)
    yield MeasuredPage("scheme", "officer", f"/reporting/schemes/{period.scheme_id}/", (COUNTS,), values)


def pages_of_reports(users: dict[str, User]) -> Iterator[MeasuredPage]:
    """The same, and what a unit reads of its own."""
    yield from report_lists()
    for who in ("busy unit", "quiet unit"):
        unit = users[who].current_posts[0].unit_id
        yield MeasuredPage("returns", who, "/reporting/", (OF_UNIT,), (unit,))
        report = PeriodicReport.objects.filter(unit=unit).order_by("-pk").first()
        if report:
            yield MeasuredPage("return", who, f"/reporting/reports/{report.public_id}/", (OF_UNIT,), (unit,))
