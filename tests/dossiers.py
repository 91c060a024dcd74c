"""What tests of dossiers begin with: a version that a leader entered, and a commendation."""

from datetime import date

from tests import cast
from tests.factories import pdf
from yuetan.actions.dossier.commendation import record_commendation
from yuetan.actions.dossier.entry import enter_dossier
from yuetan.models import Commendation, DossierEntry, Unit, User

WORK = "全年组织排查3次，整治重点场所5处，群众安全感明显提升。"
SOLVED = "协调解决货运市场监管职责不清的问题。"
AWARD = {"honour": "平安建设先进集体", "awarded_by": "江门市人民政府", "paper_number": "江府〔2026〕8号"}


def entered(person: User, *, by: User | None = None, year: int = 2026, **changed: object) -> DossierEntry:
    """The version of a year, of the person's first post."""
    post = person.posts.select_related("unit__parent", "holder").order_by("pk")[0]
    keywords = {"main_work": WORK, "difficulties": SOLVED, "reason": "", "report": [pdf("述职报告.pdf")]}
    return enter_dossier(post, by=by or person, year=year, **keywords | changed)


def awarded(unit: Unit, **changed: object) -> Commendation:
    """A commendation of a unit."""
    keywords = {"post": None, "awarded_on": date(2026, 5, 4), "paper": [pdf("表彰决定.pdf")], **AWARD}
    return record_commendation(unit, by=cast.person("officer"), **keywords | changed)
