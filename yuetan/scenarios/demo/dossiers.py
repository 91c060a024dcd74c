"""实绩档案 of the demonstration: a year's entry that the office has read, one that it has not, and a commendation."""

from __future__ import annotations

from datetime import timedelta

from yuetan.actions.dossier.commendation import record_commendation
from yuetan.actions.dossier.entry import enter_dossier, read_dossier
from yuetan.models import DossierEntry, Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import PostKind

READ, UNREAD, PRAISED = "440784103", "440785101", "440784103"
WORK = "牵头开展货运市场、砂石堆场专项整治3轮，召开调度会8次，本镇约谈事项按期完成整改。（演示）"
SOLVED = "协调解决堆场用地权属不清、监管职责交叉的问题，明确由镇综合行政执法办统一巡查。（演示）"


def fill_dossiers() -> None:
    """Two heads enter the year before, the office reads one of them and records what a town was commended for."""
    last_year = clock.today().year - 1
    read_dossier(_entered(READ, last_year), by=User.objects.get(username="director"), note="已阅，请继续巩固。")
    _entered(UNREAD, last_year)
    record_commendation(
        Unit.objects.get(code=PRAISED),
        by=User.objects.get(username="officer"),
        post=None,
        honour="平安建设先进集体（演示）",
        awarded_by="江门市人民政府",
        awarded_on=clock.today() - timedelta(days=40),
        paper_number=f"江府〔{clock.today().year}〕8号",
        paper=[blank_scan("表彰决定")],
    )


def _entered(code: str, year: int) -> DossierEntry:
    head = Post.objects.current().select_related("unit__parent", "holder")
    post = head.get(unit__code=code, kind=PostKind.PARTY_SECRETARY)
    return enter_dossier(
        post, by=post.holder, year=year, main_work=WORK, difficulties=SOLVED, reason="", report=[blank_scan("述职报告")]
    )
