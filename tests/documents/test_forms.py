"""呈批表, 清单, 签到表: what they say of a case, and that they print."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests import cast
from tests.documents.builders import interviewed_case, notified_case
from tests.factories import case_in, pdf, take
from yuetan.actions.people.unit import end_post
from yuetan.documents.content.office_forms import ROWS_TO_SIGN, Opinion
from yuetan.documents.office_form_pdf import internal_content, render_internal
from yuetan.documents.typesetting.office_forms import form_typeset
from yuetan.errors import Refused
from yuetan.models import Case, Unit, User
from yuetan.rules.check_code import shortened
from yuetan.rules.dates import clock
from yuetan.vocabulary import UNNUMBERED_KINDS, CaseState, DocumentKind, Verb

# Of a measure, of a letter to departments and of an asking: tests/views/ladder/test_forms_of_letters.py
OF_A_LADDER = (DocumentKind.MEASURE_FORM, DocumentKind.CONSULTATION_FORM, DocumentKind.REPLY_FORM)
BASIS = "依据：线索编号XS-2026-018（转办的举报线索逾期未答复）"


def form(kind: DocumentKind, case: Case) -> dict:
    return internal_content(kind, case)


def form_rows(case: Case) -> dict[str, list[str]]:
    return {row.label: row.paragraphs for row in form(DocumentKind.APPROVAL_FORM, case)["rows"]}


def opinions(case: Case) -> list[Opinion]:
    return form(DocumentKind.APPROVAL_FORM, case)["opinions"]


def test_the_approval_form_shows_the_whole_proposal(town: Unit) -> None:
    case = notified_case(town)
    assert form_rows(case) == {
        "被约谈单位": ["蓬江区棠下镇"],
        "约谈对象": ["蓬江区棠下镇党委书记冯十、镇长陈十一"],
        "约谈人": ["市领导小组副组长孙六"],
        "约谈事由": ["线索摸排不深入问题"],
        "约谈情形一": [
            "第五条第二项：涉黑涉恶线索摸排不扎实深入，有效线索不多，对群众举报线索不回应的。",
            "内部掌握的事实",
            BASIS,
        ],
        "约谈情形二": ["第五条第三项：打击整治不力的。", "内部掌握的事实", BASIS],
        "约谈情形三": ["第五条第六项：其他需要约谈的情形。", "内部的其他情形", "内部掌握的事实", BASIS],
        "内容校验": [shortened(case.proposal_sha256)],
    }


def test_the_approval_form_of_a_proposal_on_one_ground_takes_one_page(town: Unit) -> None:
    case = case_in(CaseState.PROPOSED, unit=town)
    case.case_grounds.update(facts="群众举报线索逾期。" * 13)
    assert "约谈情形" in form_rows(case)
    assert len(form_typeset(DocumentKind.APPROVAL_FORM, form(DocumentKind.APPROVAL_FORM, case))["form_pages"]) == 1


def test_the_form_bears_the_check_of_what_it_says_and_says_when_another_text_was_approved(town: Unit) -> None:
    case = case_in(CaseState.APPROVED, unit=town)
    approved = shortened(case.approved_sha256)
    assert form_rows(case)["内容校验"] == [approved]
    case.case_grounds.update(facts="改过的事实。")
    now = shortened(case.proposal_sha256)
    assert now != approved
    assert form_rows(case)["内容校验"] == [f"{now}（审定的文本为{approved}，与上述内容不一致，审定失效）"]


def test_the_files_of_a_ground_are_shown_under_it(town: Unit) -> None:
    evidence = {"evidence": [pdf("台账.pdf"), pdf("通报.pdf")]}
    case = case_in(CaseState.DRAFTED, unit=town, draft={**evidence, "reference_number": "", "reference_summary": ""})
    assert form_rows(case)["约谈情形"][-1] == "依据：台账.pdf、通报.pdf"


def test_a_draft_without_a_ground_has_an_empty_row_for_it(town: Unit) -> None:
    assert form_rows(case_in(CaseState.DRAFTED, unit=town, draft={"grounds": []}))["约谈情形"] == []


def test_opinions_bear_name_post_at_that_time_and_date(town: Unit, officer: User) -> None:
    case = case_in(CaseState.APPROVED, unit=town)
    officer.posts.update(ended_on=date(2026, 11, 23))
    approved, endorsed, drafted = opinions(case)
    assert drafted == Opinion("拟稿", ["拟稿，报核。"], "张一（市扫黑办承办人）", "2026年11月21日")
    assert endorsed == Opinion("核稿", ["同意，报审定。"], "王三（市扫黑办主任）", "2026年11月22日")
    assert approved.words == ["审定同意。"]
    assert approved.signed == "赵四（市扫黑除恶专项斗争领导小组组长）"
    assert approved.dated == "2026年11月23日"


def test_nobody_has_signed_a_proposal_still_being_drafted(town: Unit) -> None:
    approved, endorsed, drafted = opinions(case_in(CaseState.DRAFTED, unit=town))
    assert (drafted.words, drafted.signed) == ([], "张一（市扫黑办承办人）")
    assert (endorsed, approved) == (Opinion("核稿", []), Opinion("审定", []))


def test_what_was_returned_is_signed_anew(town: Unit) -> None:
    case = case_in(CaseState.PROPOSED, unit=town)
    assert opinions(case)[1].signed
    returned = take(Verb.RETURN_FOR_CHANGES, case)
    assert opinions(returned)[1] == Opinion("核稿", [])
    assert opinions(returned)[2].words == []


def test_a_meeting_is_signed_by_who_decided_and_on_that_day(town: Unit) -> None:
    case = case_in(CaseState.APPROVED, unit=town, register_decision={"opinion": "会议同意。"})
    decided = opinions(case)[0]
    assert decided.words[0] == "审定同意（会议审定：领导小组2026年第3次会议）。"
    assert decided.signed == "赵四（市扫黑除恶专项斗争领导小组组长）"
    assert decided.dated == "2026年11月23日"


def test_a_declined_proposal_says_so(town: Unit) -> None:
    assert opinions(case_in(CaseState.DECLINED, unit=town))[0].words == ["不予约谈。", "已另行部署。"]


def test_task_list(town: Unit) -> None:
    case = interviewed_case(town)
    facts = form(DocumentKind.TASK_LIST, case)
    agreed = ["冯十", "2027年1月5日，每月报告一次进展", "摸排台账和影像资料", "十二个村全部摸排，抽查无遗漏"]
    assert facts["title"] == "蓬江区棠下镇整改任务清单"
    assert facts["columns"] == ["序号", "整改措施", "责任人", "时限", "佐证要求", "验收标准"]
    assert facts["cells"] == [
        ["1", "逐村开展线索摸排回头看", *agreed],
        ["2", "建立举报线索台账。每周更新一次。", *agreed],
    ]
    case.interview.measures.update(acceptance_standard="", report_rhythm="")  # as fixed before either was asked for
    assert [cells[3::2] for cells in form(DocumentKind.TASK_LIST, case)["cells"]] == [["2027年1月5日", "未约定"]] * 2


def test_sign_in_sheet(town: Unit) -> None:
    facts = form(DocumentKind.SIGN_IN_SHEET, notified_case(town))
    assert facts["title"] == "关于线索摸排不深入问题的约谈签到表"
    assert facts["columns"] == ["序号", "席别", "姓名", "单位及职务", "联系电话", "签名"]
    assert [(row.label, row.paragraphs) for row in facts["rows"]] == [
        ("时间", ["2026年11月30日（星期一）上午9:00"]),
        ("地点", ["市委大院1号楼302会议室"]),
        (
            "参加人员",
            [
                "约谈方：市领导小组副组长孙六、市扫黑办综合组组长赵四十、市扫黑办记录人员。",
                "被约谈方：蓬江区棠下镇党委书记冯十、镇长陈十一、综治办主任冯四十一。",
            ],
        ),
    ]
    assert facts["cells"][:5] == [
        ["1", "约谈方", "孙六", "市领导小组副组长", "", ""],
        ["2", "记录", "", "", "", ""],
        ["3", "被约谈方", "冯十", "蓬江区棠下镇党委书记", "", ""],
        ["4", "被约谈方", "陈十一", "蓬江区棠下镇镇长", "", ""],
        [""] * 6,
    ]
    assert len(facts["cells"]) == ROWS_TO_SIGN


def test_the_approval_form_says_whom_to_ask_and_since_when_it_waits(town: Unit, officer: User) -> None:
    officer.telephone = "0750-3270001"
    officer.save()
    drafted, approved = (case_in(state, unit=town) for state in (CaseState.DRAFTED, CaseState.APPROVED))
    pairs = [form(DocumentKind.APPROVAL_FORM, case)["pairs"] for case in (drafted, approved)]
    assert [rows[0][3] for rows in pairs] == ["", "2026年11月22日"]
    assert pairs[1] == [
        ("登记号", approved.register_number, "呈报日期", "2026年11月22日"),
        ("密级", "", "缓急", ""),
        ("承办人", "张一", "联系电话", "0750-3270001"),
    ]


def test_the_sheet_says_who_is_on_leave_and_leaves_out_who_has_left(town: Unit) -> None:
    def seats(case: Case) -> list[list[str]]:
        cells = form(DocumentKind.SIGN_IN_SHEET, case)["cells"]
        return [cell[2:4] for cell in cells if cell[1] == "被约谈方" and cell[2]]

    case = take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, case_in(CaseState.NOTIFIED)))
    away = case.leaves.get().post
    assert seats(case) == [[away.holder.name, f"{away.full_title}（已准假）"]]
    end_post(away, by=cast.person("sysadmin"), ended_on=clock.today())
    assert seats(Case.objects.get(pk=case.pk)) == []


def test_the_sheet_of_an_interview_that_was_held_names_who_was_there(town: Unit) -> None:
    cells = form(DocumentKind.SIGN_IN_SHEET, interviewed_case(town))["cells"]
    assert [cell[1:4] for cell in cells[1:6]] == [
        ["记录", "", ""],
        ["被约谈方", "冯十", "蓬江区棠下镇党委书记"],
        ["被约谈方", "陈十一", "蓬江区棠下镇镇长（缺席）"],
        ["列席", "赵某", "市公安局"],
        ["列席", "钱某", "市司法局"],
    ]


@pytest.mark.parametrize("kind", [kind for kind in UNNUMBERED_KINDS if kind not in OF_A_LADDER])
def test_forms_print(town: Unit, kind: DocumentKind) -> None:
    case = interviewed_case(town)
    reader = PdfReader(BytesIO(render_internal(kind, case)))
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert form(kind, case)["title"] in text
    assert "冯十" in text
    assert reader.metadata.title == form(kind, case)["title"]


def test_a_form_that_cannot_be_drawn_is_refused(town: Unit) -> None:
    case = notified_case(town)
    case.place = "\ue000会议室"
    with pytest.raises(Refused, match="U\\+E000"):
        render_internal(DocumentKind.SIGN_IN_SHEET, case)
