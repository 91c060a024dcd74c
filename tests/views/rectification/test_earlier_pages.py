"""The pages of 补录: begun by an officer, each step on the page of its day, kept when refused, marked."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse

from tests import cast
from tests.exports import exported_rows
from tests.factories import begin, enter, pdf, take
from yuetan.documents.content.office_forms import approval_form, sign_in_sheet, task_list
from yuetan.models import Case
from yuetan.vocabulary import CaseState, EarlierState, Verb

pytestmark = pytest.mark.usefixtures("office")

# Each step of then with its day and what the drivers do not state; who enters it is the first officer.
STORY = [
    (Verb.REVISE_DRAFT, 1, {}),
    (Verb.SUBMIT, 1, {}),
    (Verb.ENDORSE, 2, {}),
    (Verb.REGISTER_DECISION, 3, {}),
    (Verb.CONFIRM_APPROVAL, 3, {"by": "second_officer"}),
    (Verb.SERVE_NOTICE, 4, {"number": "江扫黑办〔2026〕912号"}),
    (Verb.REGISTER_RECEIPT, 5, {}),
    (Verb.REGISTER_SUBMISSION, 7, {}),
    (Verb.HOLD_INTERVIEW, 11, {}),
    (Verb.CONFIRM_MINUTES, 14, {}),
    (Verb.SEND_MINUTES, 15, {}),
    (Verb.REGISTER_MINUTES_ANSWER, 16, {}),
    (Verb.ISSUE_MINUTES, 18, {"number": "江扫黑办〔2026〕915号"}),
    (Verb.ASSIGN, 21, {}),
    (Verb.REGISTER_REPORT, 22, {}),
    (Verb.ACCEPT_TASK, 22, {}),
]


def entered_until(last, case=None):
    case = case or begin(cast.unit(cast.TOWN), date(2026, 9, 1))
    for verb, day, stated in STORY:
        if verb == last:
            return case
        changed = {**stated, "by": cast.person(stated["by"])} if "by" in stated else stated
        case = enter(verb, case, date(2026, 9, day), **changed)
    return case


def step_page(client, case, verb, day, **query):
    return client.get(reverse("record_earlier_step", args=[case.pk, verb]), {"day": day, **query})


def test_it_begins_on_a_page_of_its_own(client, officer):
    client.force_login(officer)
    sent = {"unit": cast.unit(cast.TOWN).pk, "drafted_on": "2026-09-01", "drafter": officer.pk, "reason": "无"}
    page = client.post(reverse("record_earlier_case"), sent)
    assert page.status_code == 422
    assert "看不出内容" in page.content.decode()
    assert Case.objects.count() == 0
    answer = client.post(reverse("record_earlier_case"), {**sent, "reason": "系统启用前已约谈，见第3卷。"}, follow=True)
    assert Case.objects.get().earlier == EarlierState.RECORDING
    assert reverse("record_earlier_step", args=[Case.objects.get().pk, Verb.REVISE_DRAFT]) in answer.content.decode()


def test_every_step_of_then_has_its_page(client, officer):
    """Each as on its day, and offered by the case page; who could take it then may be chosen."""
    client.force_login(officer)
    case = begin(cast.unit(cast.TOWN), date(2026, 9, 1))
    for verb, day, stated in STORY:
        recorder = cast.person(stated.get("by", "officer"))
        client.force_login(recorder)
        address = reverse("record_earlier_step", args=[case.pk, verb])
        assert address in client.get(reverse("case", args=[case.pk])).content.decode(), verb
        empty = client.get(address)
        assert (empty.status_code, empty.context["day_form"].is_bound) == (200, False)
        page = step_page(client, case, verb, f"2026-09-{day:02}")
        people = page.context["day_form"].people
        assert people, verb
        page = step_page(client, case, verb, f"2026-09-{day:02}", person=people[0].pk)
        assert (page.status_code, page.context.get("reasons")) == (200, []), verb
        case = enter(verb, case, date(2026, 9, day), **stated | ({"by": recorder} if "by" in stated else {}))
    assert case.state == CaseState.RECTIFYING


def test_what_was_typed_stays_when_a_number_is_refused_and_the_step_is_taken_once_it_is_right(client, officer):
    client.force_login(officer)
    case = entered_until(Verb.SERVE_NOTICE)
    address = reverse("record_earlier_step", args=[case.pk, Verb.SERVE_NOTICE]) + f"?day=2026-09-04&person={officer.pk}"
    sent = {
        "scheduled_at": "2026-09-11T10:00",
        "place": "市扫黑办会议室",
        "procedure": "说明事由、通报问题，陈述说明，讨论分析、确定措施，形成纪要。",
        "required_materials": "书面材料，写明基本情况、存在问题、原因分析、整改措施。",
        "entry-number": "不详",
        "entry-original": pdf(),
    }
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "发文字号“不详”无法识别" in page.content.decode()
    assert 'value="市扫黑办会议室"' in page.content.decode()
    answer = client.post(address, {**sent, "entry-number": "江扫黑办[2026]912号", "entry-original": pdf()})
    assert answer.url == reverse("case", args=[case.pk])
    case.refresh_from_db()
    assert case.documents.get().number == "江扫黑办〔2026〕912号"
    assert [file.name for file in case.attachments.filter(purpose="earlier_paper")][-1] == "扫描件.pdf"


def test_a_day_that_cannot_be_is_refused_before_anything_is_typed(client, officer):
    client.force_login(officer)
    case = entered_until(Verb.SERVE_NOTICE)
    for day, words in {"2026-11-23": "须早于今天", "2026-09-01": "不得早于前一步的日期", "": "尚未填写"}.items():
        page = step_page(client, case, Verb.SERVE_NOTICE, day)
        assert words in page.content.decode(), day
        assert "entry" not in page.context


def test_it_is_marked_wherever_it_stands(client, officer, director):
    case = take(Verb.CONFIRM_EARLIER_CASE, take(Verb.HAND_IN_EARLIER_CASE, entered_until(None)))
    client.force_login(officer)
    assert "补录" in client.get(reverse("case_list")).content.decode().split("</thead>")[1]
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    assert "书面通知（补录）" in page
    assert "2026年9月2日 22:0" not in page  # the day alone: nobody knows the hour
    assert "张一（承办人）" in page or "补录的步骤和原件" in page
    client.force_login(cast.head(cast.TOWN))
    outer = client.get(reverse("case", args=[case.pk])).content.decode()
    assert "本事项较早的步骤是市扫黑办照纸质原件补录的" in outer
    assert "补录的步骤和原件" not in outer
    assert "张一" not in outer  # nobody outside reads who of the office entered it


def test_only_who_may_enter_it_finds_its_steps(client, supervisor):
    case = entered_until(Verb.SERVE_NOTICE)
    client.force_login(supervisor)
    assert step_page(client, case, Verb.SERVE_NOTICE, "2026-09-04").status_code == 403
    client.force_login(cast.head(cast.TOWN))
    assert step_page(client, case, Verb.SERVE_NOTICE, "2026-09-04").status_code == 404
    client.force_login(cast.person("officer"))
    assert step_page(client, case, Verb.CLOSE, "2026-09-04").status_code == 404


def test_what_is_taken_out_of_the_system_is_marked_too(client, officer):
    case = take(Verb.CONFIRM_EARLIER_CASE, take(Verb.HAND_IN_EARLIER_CASE, entered_until(None)))
    client.force_login(officer)
    for ledger in ("tasks", "numbers"):
        cells = [str(cell) for row in exported_rows("officer", ledger) for cell in row]
        assert any(cell.endswith("（补录）") for cell in cells), ledger
    paper = case.documents.first()
    copy = client.post(reverse("download_document", args=[paper.pk, "copy"]))
    header = docx.Document(io.BytesIO(copy.content)).sections[0].header
    assert "补录件，以原件扫描件为准" in "".join(line.text for line in header.paragraphs)
    for form in (approval_form, task_list, sign_in_sheet):
        assert form(case)["title"].endswith("（补录）")


def test_a_notice_of_then_has_no_hint_about_days_to_come(client, officer):
    client.force_login(officer)
    case = entered_until(Verb.SERVE_NOTICE)
    page = step_page(client, case, Verb.SERVE_NOTICE, "2026-09-04", person=officer.pk).content.decode()
    assert "照原通知填写当时通知的时间。" in page
    for words in ("最早为", "最迟为", "勾选后方可办理"):
        assert words not in page
