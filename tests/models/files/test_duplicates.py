"""The same bytes offered for two things: said of each to whoever may see both, and to nobody else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import cast
from tests.factories import case_in, later, letter_in, pdf, png, take
from tests.web import Visitor
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter
from yuetan.actions.papers.scan import upload_scan
from yuetan.models import Attachment
from yuetan.models.files.duplicates import _same_content, annotate_duplicates, knowing_doubles
from yuetan.scenarios.keywords import task_report
from yuetan.vocabulary import CaseState, LetterState, Verb

SAME = "与另一处的文件完全相同"


def doubles(user, *files):
    """What else each of these files, or of all there are, was offered for, as far as this person sees."""
    files = files or Attachment.objects.visible_to(user)
    said = {each.used_for: list(each.duplicate_of) for each in annotate_duplicates(files, user)}
    keys = [each.pk for each in files if isinstance(each, Attachment)]
    known = knowing_doubles(Attachment.objects.visible_to(user).filter(pk__in=keys))  # as the page of a case asks
    assert {each.used_for: list(each.duplicate_of) for each in annotate_duplicates(known, user)}.items() <= said.items()
    return said


def large():
    """A picture that is kept in other bytes than it is offered in."""
    content = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(content, "PNG", compress_level=0)
    return SimpleUploadedFile("现场.png", content.getvalue(), "image/png")


@pytest.mark.parametrize("file", [pdf, large], ids=["kept as offered", "a picture drawn anew"])
def test_evidence_of_two_cases(officer, county, file):
    case_in(CaseState.DRAFTED, draft={"evidence": [file()], "matter": "甲项整治不力"})
    case_in(CaseState.DRAFTED, unit=county, draft={"evidence": [file()], "matter": "乙项整治不力"})
    first, second = (f"关于{each}项整治不力的约谈：依据材料" for each in "甲乙")
    assert doubles(officer) == {first: [second], second: [first]}


def test_a_picture_taken_down_and_offered_again_is_known(officer, county):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [large()], "matter": "甲项整治不力"})
    with case.attachments.get().file.open("rb") as stored:
        kept = stored.read()
    again = SimpleUploadedFile("再传.png", kept)
    case_in(CaseState.DRAFTED, unit=county, draft={"evidence": [again], "matter": "乙项整治不力"})
    assert kept != large().read()
    assert doubles(officer)["关于乙项整治不力的约谈：依据材料"] == ["关于甲项整治不力的约谈：依据材料"]


def test_other_files_and_later_versions_of_the_same_material_are_no_doubles(officer, liaison, head):
    case = case_in(CaseState.NOTIFIED, draft={"evidence": [png()]})
    take(Verb.PREPARE_SUBMISSION, case, files=[pdf()])
    take(Verb.HAND_IN_SUBMISSION, case)
    take(Verb.PREPARE_SUBMISSION, case, files=[pdf("又一份.pdf")])
    for person in (officer, liaison):
        assert set(map(tuple, doubles(person).values())) == {()}
    assert SAME not in Visitor(officer).open(f"/cases/{case.pk}/")


def test_two_headings_of_one_material(liaison):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.PREPARE_SUBMISSION, case, causes_files=[pdf()], measures_files=[pdf()], files=[pdf()])
    whole, causes, measures = (f"{case.title}：书面材料{part}" for part in ("", "（原因分析）", "（采取的整改措施）"))
    found = doubles(liaison)
    assert {name: set(others) for name, others in found.items()} == {
        whole: {causes, measures},
        causes: {whole, measures},
        measures: {whole, causes},
    }


def test_two_tasks_of_one_case_and_two_reports_on_one(office, head):
    case = case_in(CaseState.RECTIFYING)
    for _ in range(2):
        rows = [task_report(case, task, files=[pdf()])["reports"][0] for task in case.tasks.order_by("number")]
        take(Verb.PREPARE_REPORT, case, reports=rows)
    first, second = (f"{case.title}：整改佐证（第 {number} 项）" for number in (1, 2))
    assert doubles(head) == {first: [second], second: [first]}


def test_a_receipt_a_scan_and_the_answer_to_a_letter(officer, director, town, head):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.REGISTER_RECEIPT, case, scan=pdf())
    scan = upload_scan(case.documents.get(), by=officer, file=pdf())
    letter = acknowledge_letter(letter_in(LetterState.ISSUED, to=town), by=cast.liaison(cast.TOWN))
    answer_letter(letter, by=head, answer="已逐条整改。", files=[pdf()])
    receipt = f"{case.title}：纸质回执"
    scanned, answer = f"{case.documents.get().number}：盖章扫描件", f"{letter.title}：提醒函答复材料"
    assert doubles(director) == {receipt: [answer, scanned], answer: [receipt, scanned]}
    assert {name: set(others) for name, others in doubles(director, scan).items()} == {scanned: {receipt, answer}}
    assert upload_scan(case.documents.get(), by=officer, file=pdf("又一次.pdf")).used_for == scanned
    assert scanned not in doubles(director, scan)[scanned]


def test_nobody_learns_of_what_they_may_not_see(office, town, county, head, liaison, officer):
    own = case_in(CaseState.NOTIFIED)
    others = case_in(CaseState.NOTIFIED, unit=county)
    take(Verb.PREPARE_SUBMISSION, own, files=[pdf()])
    take(Verb.PREPARE_SUBMISSION, others, files=[pdf()])
    take(Verb.HAND_IN_SUBMISSION, others)
    for person in (head, liaison):
        assert doubles(person) == {f"{own.title}：书面材料": []}
    assert doubles(officer) == {f"{others.title}：书面材料": []}  # the other is still the unit's own
    take(Verb.HAND_IN_SUBMISSION, own)
    assert list(doubles(officer).values()) == [[f"{others.title}：书面材料"]]


def test_of_many_a_few_are_named(officer, county, monkeypatch):
    monkeypatch.setattr("yuetan.models.files.duplicates.MAX_READ", 7)
    matters = "甲乙丙丁戊己庚辛"
    for each in matters:
        case_in(CaseState.DRAFTED, unit=county, draft={"evidence": [pdf()], "matter": f"{each}项整治不力"})
    found = doubles(officer)
    assert len(found) == len(matters)
    for name, others in found.items():
        assert others[-1] == "其他多处，只列出 5 处"
        assert len(set(others[:-1]) & (set(found) - {name})) == 5


def test_of_any_number_the_newest_are_read_and_of_what_a_unit_sees_as_many(officer, head, county, monkeypatch):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.PREPARE_SUBMISSION, case, causes_files=[pdf()], measures_files=[pdf()])
    own = list(Attachment.objects.visible_to(head))
    with later(days=1):
        for each in "甲乙丙丁":
            case_in(CaseState.DRAFTED, unit=county, draft={"evidence": [pdf()], "matter": f"{each}项整治不力"})
    for limit in ("MAX_READ", "MAX_ALIKE"):
        monkeypatch.setattr(f"yuetan.models.files.duplicates.{limit}", 2)
    newest = Attachment.objects.order_by("-uploaded_at", "-pk")
    assert set(_same_content([newest[3]], officer)) == set(newest[:2]) | {newest[3]}
    assert set(_same_content([own[0]], head)) == set(own)  # however many of other units came since


def test_it_is_said_on_the_page_of_the_case_and_of_the_file(officer, county):
    case_in(CaseState.DRAFTED, draft={"evidence": [pdf()], "matter": "甲项整治不力"})
    case = case_in(CaseState.DRAFTED, unit=county, draft={"evidence": [pdf()], "matter": "乙项整治不力"})
    file = case.attachments.get()
    for url in (f"/cases/{case.pk}/", f"/files/{file.pk}/view/"):
        page = Visitor(officer).open(url)
        assert SAME in page
        assert "关于甲项整治不力的约谈：依据材料" in page
