"""实绩档案: the ledger, the dossier of a leader and of a unit, and both as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.actions.dossier.commendation import RECORDING, WITHDRAW
from yuetan.actions.dossier.entry import ENTERING
from yuetan.actions.people.for_unit import may_as_office
from yuetan.documents.content.dossier import Section, dossier_sheet, section_of_post, section_of_unit
from yuetan.documents.content.year_of_rooms import RoomLine, RoomOfYear
from yuetan.documents.dossier_pdf import bind_dossier, render_dossier
from yuetan.forms.dossier.dossier_filter import asked_year, offered_years, years
from yuetan.ledgers.dossier.dossiers import DossierLedger
from yuetan.ledgers.ledger import Line
from yuetan.models import (
    AssessmentSheet,
    DossierEntry,
    DossierPaper,
    ReceivedLetter,
    ReportPeriod,
    RoundVisit,
    Unit,
    User,
)
from yuetan.models.dossier.entry import SEE_DOSSIERS, dossiers_of_year
from yuetan.models.law.accountability import CARRIED_OUT
from yuetan.models.office.office import OfficeSetting
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.vocabulary import DossierState

LIGHTS = {
    DossierState.MISSING: "grey",
    DossierState.AWAITS_CONFIRMATION: "yellow",
    DossierState.RETURNED: "red",
    DossierState.CONFIRMED: "blue",
    DossierState.READ: "green",
}


PAGES = {ReceivedLetter: "received_letter", AssessmentSheet: "assessment_sheet", RoundVisit: "round_visit"}


@dataclass(frozen=True)
class Dossier:
    """What a page and a PDF of one leader or unit show."""

    title: str
    sections: Sequence[Section]


@require_safe
def dossier_list(request: Request) -> HttpResponse:
    """Every leader of the year whose dossier the person may see."""
    facts = ledger_page(request, DossierLedger())
    rows = [row | {"light": LIGHTS[row["state"]]} | _addresses(row) for row in facts["rows"]]
    return render(request, "dossiers/list.html", {**facts, "rows": rows, "year": asked_year(request.GET)})


def _addresses(row: Line) -> dict[str, str]:
    """Relative to the list: a row costs no look-up."""
    post, entry, asked = row["post"], row["entry"], f"?year={row['year']}"
    return {
        "unit_url": f"units/{post.unit_id}/{asked}",
        "person_url": f"people/{post.holder_id}/{asked}",
        "entry_url": f"entries/{entry.pk}/" if entry else "",
    }


@require_safe
def person_dossier(request: Request, pk: int) -> HttpResponse:
    """The dossier of a leader in a year: each post the reader may know of. Raises Http404 where there is none."""
    year = asked_year(request.GET)
    person, dossier = _of_person(request.user, pk, year)
    context = {"person": person, "pdf_url": reverse("person_dossier_pdf", args=[pk])}
    return render(request, "dossiers/dossier.html", context | _common(dossier, request.user, year))


@require_safe
def unit_dossier(request: Request, pk: int) -> HttpResponse:
    """The dossier of a unit in a year. Raises Http404 for a unit that the reader has nothing to do with."""
    year = asked_year(request.GET)
    unit, dossier = _of_unit(request.user, pk, year)
    leaders = dossiers_of_year(request.user, year).filter(unit=unit).select_related("holder").order_by("began_on", "pk")
    context = {
        "unit": unit,
        "pdf_url": reverse("unit_dossier_pdf", args=[pk]),
        "leaders": list(leaders),
        "record_url": reverse("record_commendation", args=[unit.pk])
        if RECORDING.is_offered(unit, request.user)
        else "",
        "may_withdraw": may_as_office(unit.pk, request.user, WITHDRAW),
    }
    return render(request, "dossiers/dossier.html", context | _common(dossier, request.user, year))


@require_safe
def person_dossier_pdf(request: Request, pk: int) -> HttpResponse:
    """The dossier of a leader as a PDF; with ?proofs=1 bound with 述职报告 and the papers of commendations."""
    year = asked_year(request.GET)
    return _printed(request, _of_person(request.user, pk, year)[1])


@require_safe
def unit_dossier_pdf(request: Request, pk: int) -> HttpResponse:
    """The dossier of a unit, likewise."""
    year = asked_year(request.GET)
    return _printed(request, _of_unit(request.user, pk, year)[1])


def _of_person(user: User, pk: int, year: int) -> tuple[User, Dossier]:
    person = get_object_or_404(User, pk=pk)
    posts = dossiers_of_year(user, year).filter(holder=person).select_related("unit__parent", "holder")
    held = list(posts.order_by("began_on", "pk"))
    if not held and not _was_ever(user, person):
        raise Http404
    sections = [section_of_post(post, year, user, inner=_is_inner_to(user, post.unit)) for post in held]
    return person, Dossier(f"{person.name}{year}年度工作实绩档案", sections)


def _was_ever(user: User, person: User) -> bool:
    """Whether the reader may know of the person's dossier in some other year."""
    return any(dossiers_of_year(user, year).filter(holder=person).exists() for year in years())


def _of_unit(user: User, pk: int, year: int) -> tuple[Unit, Dossier]:
    own = Q() if user.has_perm(permissions.name(SEE_DOSSIERS)) else Q(pk__in=user.interviewed_units)
    unit = get_object_or_404(Unit.objects.interviewed().filter(own).select_related("parent"), pk=pk)
    section = section_of_unit(unit, year, user, inner=_is_inner_to(user, unit))
    return unit, Dossier(f"{unit.full_name}{year}年度工作实绩档案", [section])


def _is_inner_to(user: User, unit: Unit) -> bool:
    return may_as_office(unit.pk, user, SEE_DOSSIERS)


def _common(dossier: Dossier, user: User, year: int) -> dict[str, object]:
    title = OfficeSetting.objects.words(CARRIED_OUT)
    own = "办公室设定：没有选定执行的责任制文本，档案由办公室自行建立。"
    return {
        "title": dossier.title,
        "sections": _section_rows(dossier, user, year),
        "year": year,
        "years": offered_years(user, year),
        "basis": f"执行的责任制文本：《{title}》。" if title else own,
    }


def _section_rows(dossier: Dossier, user: User, year: int) -> list[dict[str, object]]:
    return [
        {
            "section": section,
            "entries": [entry_row(entry) for entry in section.entries],
            "awards": [{"award": one, "files": file_links(one.papers.all())} for one in section.commendations],
            "enter_url": _enter_url(section, user, year),
            "rooms": [_room_row(room, section.unit, user) for room in section.rooms],
        }
        for section in dossier.sections
    ]


def _room_row(room: RoomOfYear, unit: Unit, user: User) -> dict[str, object]:
    lines = [{"words": line.words, "url": _url_of_line(line, unit, user)} for line in room.lines]
    return {"title": room.title, "lines": lines, "more": room.more}


def _url_of_line(line: RoomLine, unit: Unit, user: User) -> str:
    """The page of the row; of reports the board of the office for this unit, or the unit's own list."""
    if line.of is not ReportPeriod:
        return reverse(PAGES[line.of], args=[line.key])
    if not user.has_perm(permissions.name(SEE_REPORTS)):
        return reverse("report_list")
    return f"{reverse('report_board')}?{urlencode({'period': line.key, 'q': unit.code})}"


def entry_row(entry: DossierEntry) -> dict[str, object]:
    """A version with its light and its files, for a page."""
    files = file_links(DossierPaper.objects.reports_of(entry))
    return {"entry": entry, "light": LIGHTS[entry.state], "files": files}


def _enter_url(section: Section, user: User, year: int) -> str:
    if section.post is None or not ENTERING.may_take(section.post, user):
        return ""
    return reverse("enter_dossier", args=[section.post.pk, year])


def _printed(request: Request, dossier: Dossier) -> HttpResponse:
    facts = dossier_sheet(dossier.title, dossier.sections)
    if "proofs" not in request.GET:
        return pdf_answer(render_dossier(facts), f"{dossier.title}.pdf")
    proofs = [file for section in dossier.sections for file in _proofs(section)]
    return pdf_answer(bind_dossier(facts, proofs), f"{dossier.title}（附证明材料）.pdf")


def _proofs(section: Section) -> list[DossierPaper]:
    newest = {entry.person_id: entry for entry in sorted(section.entries, key=lambda entry: entry.version)}
    reports = [file for entry in newest.values() for file in DossierPaper.objects.reports_of(entry)]
    return [*reports, *(file for one in section.commendations if not one.withdrawn_at for file in one.papers.all())]
