"""An installation of another office, in a process of its own: its pack is loaded, one case runs through, all is told.

`python -m tests.packs.one_case DATABASE` with YUETAN_PACK set; DATABASE is a copy of the test database, to be spoiled.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import django
import time_machine

os.environ["DJANGO_SETTINGS_MODULE"] = "yuetan.settings"
django.setup()

from django.apps import apps  # noqa: E402 - Django must be set up first
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from tests import cast, office_database  # noqa: E402
from tests.factories import HISTORY, letter_in  # noqa: E402
from tests.scratch_database import lead_to  # noqa: E402
from tests.web import BACKEND, Page  # noqa: E402
from yuetan.actions.proposal.proposal import draft  # noqa: E402
from yuetan.embedded_database import APPLICATION  # noqa: E402
from yuetan.errors import Refused  # noqa: E402
from yuetan.loading.fixtures import load_fixtures  # noqa: E402
from yuetan.models import Alert, Case, Document, Unit, User  # noqa: E402
from yuetan.rules.dates import clock  # noqa: E402
from yuetan.scenarios import drivers, keywords  # noqa: E402
from yuetan.vocabulary import LetterState, PostKind, Rank, Verb  # noqa: E402

GROUP, OFFICE, DEPARTMENT, COUNTY, TOWN = "990100", "990100-01", "990100-101", "990102", "990102101"
PEOPLE = (
    ("张一", "officer", OFFICE, PostKind.CASE_OFFICER, "承办人", ""),
    ("王三", "director", OFFICE, PostKind.OFFICE_DIRECTOR, "主任", ""),
    ("周七", "supervisor", OFFICE, PostKind.SUPERVISOR, "督查员", ""),
    ("吴八", "sysadmin", OFFICE, PostKind.SYSTEM_ADMINISTRATOR, "系统管理员", ""),
    ("郑九", "auditor", OFFICE, PostKind.SECURITY_AUDITOR, "安全审计员", ""),
    ("赵四", "group_leader", GROUP, PostKind.GROUP_LEADER, "市安委会主任", ""),
    ("钱五", "first_deputy", GROUP, PostKind.FIRST_DEPUTY_LEADER, "市安委会常务副主任", ""),
    ("孙六", "deputy", GROUP, PostKind.DEPUTY_LEADER, "市安委会副主任", ""),
    ("冯十", "head", TOWN, PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION),
    ("褚十二", "liaison", TOWN, PostKind.LIAISON, "联络员", ""),
    ("韩十六", "department", DEPARTMENT, PostKind.UNIT_HEAD, "局长", ""),
    ("杨十七", "department_liaison", DEPARTMENT, PostKind.LIAISON, "联络员", ""),
)
PROPOSAL = {
    "matter": "重大隐患久拖不改",
    "facts": "通报的2处重大隐患至今未整改。",
    "reference_number": "隐患编号YH-2026-018",
    "reference_summary": "挂牌的重大隐患逾期未销号。",
}


def empty_database() -> None:
    """Nothing is left of the office from which the database was copied, but for what migrations have written."""
    tables = ", ".join(model._meta.db_table for model in apps.get_app_config("yuetan").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def unwritten_migrations() -> str:
    """What `makemigrations` would write here; nothing, for tables are alike at every office."""
    output = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=output)
    return output.getvalue().strip()


def run_through() -> Case:
    """One case from 建议 to 办结, by the steps of the usual history."""
    town = Unit.objects.select_related("parent").get(code=TOWN)
    moment = clock.now() - timedelta(days=30)
    with time_machine.travel(moment, tick=False):
        case = draft(by=cast.person("officer"), **keywords.proposal(town, **PROPOSAL))
    for verb, days in HISTORY[1:]:
        moment += timedelta(days=days, hours=0 if days else 1)
        with time_machine.travel(moment, tick=False):
            case = drivers.take(verb, case)
    return case


def refusals() -> dict[str, str]:
    """What is said where something is missing, by the code of what was asked for."""
    town = Unit.objects.get(code=TOWN)
    bare = draft(by=cast.person("officer"), **keywords.proposal(town, **PROPOSAL, grounds=[]))
    sentences = {"no_ground": _refusal(Verb.SUBMIT, bare)}
    other = Unit.objects.get(code=DEPARTMENT)
    case = draft(by=cast.person("officer"), **keywords.proposal(other, **PROPOSAL))
    case = drivers.take(Verb.SUBMIT, case)
    sentences["drafter_endorses"] = _refusal(Verb.ENDORSE, case, by=cast.person("officer"))
    case = drivers.take(Verb.APPROVE, drivers.take(Verb.ENDORSE, case))
    sentences["notice_incomplete"] = _refusal(Verb.SERVE_NOTICE, case, place="")
    sentences["withdrawn"] = str(drivers.take(Verb.WITHDRAW, case).state)
    return sentences


def _refusal(verb: Verb, case: Case, **changed: object) -> str:
    try:
        drivers.take(verb, case, **changed)
    except Refused as refused:
        return str(refused)
    except Exception as error:  # noqa: BLE001 - told to the test, which knows what it waits for
        return type(error).__name__
    return ""


def pages(case: Case) -> dict[str, dict[str, str]]:
    """The words of every page of the navigation, of the case, of help and of the law, for each with an account."""
    shown: dict[str, dict[str, str]] = {}
    for person in User.objects.exclude(username=None).order_by("pk"):
        client = Client()
        client.force_login(person, backend=BACKEND)
        first = Page(client.get("/"), "/")
        addresses = {address for _, address in first.links if address.startswith("/") and "#" not in address}
        addresses |= {reverse("case", args=[case.pk]), f"{reverse('help')}?whole", reverse("delegation_list")}
        found = {address: client.get(address) for address in sorted(addresses)}
        shown[str(person.username)] = {
            address: Page(answer, address).words for address, answer in found.items() if answer.status_code == 200
        }
    return shown


def papers(case: Case) -> dict[str, str]:
    """The text of every paper as it is printed, by its kind."""
    director = Client()
    director.force_login(cast.person("director"), backend=BACKEND)
    addresses = {paper.kind: reverse("document_pdf", args=[paper.pk]) for paper in Document.objects.all()}
    for kind in ("approval_form", "task_list"):
        addresses[kind] = reverse("internal_paper", args=[case.pk, kind])
    return {kind: _text(b"".join(director.get(address))) for kind, address in addresses.items()}


def _text(body: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())


def main(database: str) -> None:
    """Tell all of it as JSON."""
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    lead_to(database)
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(cast.MONDAY):
        settings.MEDIA_ROOT, settings.ANCHORS = Path(folder, "files"), Path(folder, "anchors")
        empty_database()
        load_fixtures()
        office_database.ask_for_no_second_factor()
        for name, username, code, kind, title, rank in PEOPLE:
            cast.engage(name, username, Unit.objects.get(code=code), kind, title, rank)
        account = {"migrations": unwritten_migrations()}
        office_database.take_role(APPLICATION)
        connection.close()
        case = run_through()
        letter_in(LetterState.ISSUED, to=Unit.objects.get(code=DEPARTMENT))
        refused = refusals()
        call_command("check_records", stdout=io.StringIO())
        account |= {
            "state": case.state,
            "interviewer": case.interviewer.get_kind_display() if case.interviewer else "",
            "refusals": refused,
            "papers": papers(case),
            "pages": pages(case),
            "alerts": list(Alert.objects.values_list("text", flat=True)),
        }
    json.dump(account, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1])
