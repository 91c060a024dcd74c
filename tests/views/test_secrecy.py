"""The interviewed side reads its half and nothing else: planted words are looked for in every page it can reach."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape

from pypdf import PdfReader

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, png, take
from tests.refusals import appoint
from tests.web import Visitor
from yuetan.models import Case, Document
from yuetan.vocabulary import CaseState, InspectionConclusion, LetterState, PostKind, Verb

PLANTED = {
    "draft": {"facts": "暗记甲：事实", "evidence": []},
    "submit": {},
    "endorse": {"opinion": "暗记乙：核稿意见"},
    "approve": {"opinion": "暗记丙：审定意见"},
}
FINDINGS = "暗记丁：督查情况"
EVIDENCE = "暗记戊.png"
INNER_PEOPLE = ("张一", "李二", "王三", "赵四", "周七")
OTHER_TOWN = "暗记己：别处的事由"
SECRETS = ("暗记", *INNER_PEOPLE, "约谈〔2026〕")
STATES = [Verb.SERVE_NOTICE, Verb.SEND_MINUTES, Verb.HAND_IN_REPORT, Verb.CLOSE]


def planted(last: str) -> Case:
    """A case of the town with something inner in every inner place."""
    changed = PLANTED | {"draft": {**PLANTED["draft"], "evidence": [png(EVIDENCE)]}}
    if last == Verb.CLOSE:
        changed["conclude_inspection"] = {"findings": FINDINGS}
    return case_after(last, **changed)


ALIKE = 2
ONE_OF_A_TABLE = re.compile(r"^(/settings/|/wording/)[a-z_]+/(?:[a-z_0-9]+/)?")


def reached(visitor: Visitor, *begin: str) -> Iterator[tuple[str, bytes]]:
    """Every page and file that links lead to, with its bytes; papers are read as they were frozen.

    Of addresses that differ in a number, in what they ask a list for or in which setting or wording they are about,
    such as those of the units and of the numbers of 统计, ALIKE are opened, beside those to begin with.
    """
    queue, seen, alike = list(begin), set(), Counter()
    while queue:
        url = queue.pop()
        kind = re.sub(r"\d+", "#", re.sub(r"=[^&]*", "", ONE_OF_A_TABLE.sub(r"\1#/", url)))
        more = url in begin or alike[kind] < ALIKE
        if url in seen or not more or not url.startswith("/") or url.endswith(".pdf"):
            continue
        seen.add(url)
        alike[kind] += 1
        response = visitor.client.get(url)
        if response.status_code == 200:
            yield url, b"".join(response)
            if response["Content-Type"].startswith("text/html"):
                links = map(unescape, re.findall(r'href="([^"#]+)', response.content.decode()))
                queue += [link if link.startswith("/") else url.split("?")[0] + link for link in links]


def text_of(body: bytes) -> str:
    """What a page or a PDF says, or every part of a workbook."""
    if body.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_nothing_inner_on_any_page_of_the_unit(office, division_town):
    """With a case in each of STATES, and one with receipts, a leave and a new date."""
    cases = [planted(last) for last in STATES]
    moved = planted(Verb.SERVE_NOTICE)
    take(Verb.REGISTER_RECEIPT, moved)
    take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, moved))
    take(Verb.RESCHEDULE, moved)
    take(Verb.PREPARE_SUBMISSION, moved, files=[png("材料.png")])
    case_in(CaseState.NOTIFIED, unit=division_town, draft={"matter": OTHER_TOWN})
    letter_in(LetterState.ISSUED, to=moved.unit)
    letter_in(LetterState.DRAFTED, to=moved.unit, problems="暗记庚：未印发的提醒函")
    wanted = {f"/cases/{case.pk}/" for case in (*cases, moved)} | {"/cases/", "/documents/"}
    for person in (cast.head(cast.TOWN), cast.liaison(cast.TOWN)):
        pages = dict(reached(Visitor(person), "/"))
        assert wanted | {f"/cases/{moved.pk}/steps/prepare_submission/"} <= pages.keys()
        papers = Document.objects.visible_to(person)
        assert {paper.case for paper in papers} >= {*cases, moved}
        pages |= {paper.number: paper.html.encode() for paper in papers}
        texts = {url: text_of(page) for url, page in pages.items() if not url.startswith("/files/")}
        assert [(url, secret) for url, text in texts.items() for secret in SECRETS if secret in text] == []


def test_the_office_finds_the_same_words(officer):
    case = planted(Verb.CLOSE)
    page = Visitor(officer).open(f"/cases/{case.pk}/")
    for words in ("暗记甲", "暗记乙", "暗记丙", "暗记丁", "暗记戊", "张一", "约谈〔2026〕1号"):
        assert words in page


def test_notes_of_an_inspection_stay_inside_before_and_after_the_conclusion(head):
    case = case_in(CaseState.RECTIFYING)
    with later(days=40):
        take(Verb.BEGIN_INSPECTION, case)
        visitor = Visitor(cast.head(cast.TOWN))
        assert "进行中" not in visitor.open(f"/cases/{case.pk}/")
        poor = {"conclusion": InspectionConclusion.NOT_RECTIFIED, "basis": "台账缺页。", "findings": FINDINGS}
        take(Verb.CONCLUDE_INSPECTION, case, **poor)
        page = visitor.open(f"/cases/{case.pk}/")
        assert "台账缺页。" in page
        assert FINDINGS not in page


def test_what_a_leader_holding_a_post_in_the_unit_sees_is_the_units_half(first_deputy, town):
    from_office = case_in(CaseState.NOTIFIED, draft={"facts": "暗记甲：事实"})
    drafted = case_in(CaseState.PROPOSED)
    appoint(first_deputy, town, PostKind.LIAISON, "联系领导")
    visitor = Visitor(cast.person("first_deputy"))
    assert "暗记甲" not in visitor.open(f"/cases/{from_office.pk}/")
    visitor.open(f"/cases/{drafted.pk}/", expect=404)
