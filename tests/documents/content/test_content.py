"""What each paper says, and what none may ever tell."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.documents.builders import (
    INNER,
    NUMBER,
    NUMBERED,
    facts_of,
    interviewed_case,
    notified_case,
    renumbered_law,
    subject_of,
    wording,
)
from tests.factories import letter_in
from tests.past_triggers import past_triggers
from yuetan.documents.content.content import content
from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.content.phrases import closed_with
from yuetan.forms.interview.notice import RescheduleForm
from yuetan.models import Interview, OfficeSetting, Unit, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import KINDS_TO_OTHERS, DocumentKind, LetterState, MinutesAnswer, UnitKind

GROUP = "江门市扫黑除恶专项斗争领导小组"
OFFICE = f"{GROUP}办公室"
LAW = "《江门市扫黑除恶专项斗争约谈办法》"
LAW_IN_FULL, GROUP_IN_FULL, OFFICE_IN_FULL = (
    f"{LAW}（以下简称《办法》）",
    f"{GROUP}（以下简称市领导小组）",
    f"{OFFICE}（以下简称市扫黑办）",
)
WHO = "市领导小组副组长孙六同志"
WHOM = "蓬江区棠下镇党委书记冯十、镇长陈十一同志"
TO = "蓬江区棠下镇党委、镇政府"
NOTICE = "《关于线索摸排不深入问题的约谈通知书》（江扫黑办〔2026〕1号）"
COME_IN_PERSON = (
    "请被约谈人本人按时参加，不得委托他人代为参加；确因特殊情况不能参加的，应当在约谈开始前书面请假并说明理由，经约谈人同意。"
    "缺席的，在约谈纪要中载明。"
)
GROUNDS = (
    "上述问题属于《办法》第五条第二项、第三项、第六项所列情形：涉黑涉恶线索摸排不扎实深入，有效线索不多，"
    "对群众举报线索不回应的；打击整治不力的；其他需要约谈的情形。"
)
PREPARED = "请按照《办法》第八条规定，围绕约谈事由准备上述材料，经主要负责同志审签并加盖公章后"
MATERIAL = f"{PREPARED}，于2026年11月27日前报送市扫黑办。"
REQUIRED = (
    f"会议要求，{TO}要对照上述措施逐项整改，按照《办法》第十条第一项规定，于每项措施的时限届满前将落实情况书面报"
    f"约谈方，由{OFFICE_IN_FULL}接收；逾期未报或者整改不力的，按照《办法》第十条规定处理。"
)

ELEMENTS = [
    [
        "约谈事由",
        "线索摸排不深入问题。",
        "上半年摸排流于形式，3条群众举报线索逾期未答复。",
        GROUNDS,
    ],
    ["约谈时间", "2026年11月30日（星期一）上午9:00。"],
    ["约谈地点", "市委大院1号楼302会议室。"],
    ["约谈程序", "说明事由、通报问题，陈述说明，讨论分析、确定措施，形成纪要。"],
    [
        "参加人员",
        "约谈方：市领导小组副组长孙六、市扫黑办综合组组长赵四十、市扫黑办记录人员。",
        "被约谈方：蓬江区棠下镇党委书记冯十、镇长陈十一、综治办主任冯四十一。",
        COME_IN_PERSON,
    ],
    [
        "需提交的材料",
        "书面材料，写明基本情况、存在问题、原因分析、整改措施。",
        MATERIAL,
    ],
]


def numbered(elements: list[list[str]], first: int) -> list[str]:
    ordinals = "零一二三四五六七"
    return [
        line
        for number, (name, *texts) in enumerate(elements, start=first)
        for line in (f"{ordinals[number]}、{name}", *texts)
    ]


def test_interview_notice(town: Unit) -> None:
    notice = facts_of(DocumentKind.INTERVIEW_NOTICE, notified_case(town))
    assert notice["title"] == "关于线索摸排不深入问题的约谈通知书"
    assert notice["addressee"] == TO
    assert notice["organ"] == notice["mark"] == OFFICE
    assert notice["number"] == NUMBER
    assert notice["dated_words"] == "2026年11月23日"
    opening = (
        f"根据{LAW_IN_FULL}第五条第二项、第三项、第六项和第六条、第七条规定，经{GROUP_IN_FULL}审定同意，"
        f"决定由{WHO}约谈{WHOM}。现将有关事项通知如下："
    )
    assert wording(notice) == [opening, *numbered(ELEMENTS, 1)]


def test_article_numbers_come_from_the_law_of_the_case(town: Unit) -> None:
    case = notified_case(town)
    case.regulation = renumbered_law()
    text = "".join(wording(facts_of(DocumentKind.INTERVIEW_NOTICE, case)))
    assert "根据《约谈暂行办法》（以下简称《办法》）" in text
    assert "第二十六条、第二十七条规定" in text
    assert "按照《办法》第二十八条规定" in text
    assert "第七条" not in text
    assert "第八条" not in text


def test_reschedule_notice(town: Unit) -> None:
    notice = facts_of(DocumentKind.RESCHEDULE_NOTICE, notified_case(town), reason="因市里召开紧急会议")
    assert notice["title"] == "关于线索摸排不深入问题的约谈改期通知"
    opening = (
        f"{NOTICE}所定约谈的时间等事项予以调整，原通知停止执行。根据{LAW_IN_FULL}第七条规定，现将有关事项重新通知如下："
    )
    *others, (name, *texts) = ELEMENTS
    texts[-1] = texts[-1].replace("报送市扫黑办。", "报送市扫黑办；已经报送的，不再重复报送。")
    elements = numbered([*others, [name, *texts]], 2)
    assert wording(notice) == [opening, "一、改期原因", "因市里召开紧急会议。", *elements]


def test_cancellation(town: Unit) -> None:
    letter = facts_of(DocumentKind.CANCELLATION, notified_case(town), reason="所涉问题已经整改到位")
    assert letter["title"] == "关于取消线索摸排不深入问题约谈的通知"
    assert wording(letter) == [
        f"经{GROUP}同意，{NOTICE}所定约谈不再进行。具体原因如下：",
        "所涉问题已经整改到位。",
        "自本通知印发之日起，原通知停止执行。",
        "特此通知。",
    ]


OPENING = (
    f"2026年11月23日，{GROUP_IN_FULL}副组长孙六同志就线索摸排不深入问题，"
    "在市委大院1号楼302会议室约谈了蓬江区棠下镇党委书记冯十同志。"
    f"根据{LAW_IN_FULL}第九条第四项规定，现将约谈情况纪要如下："
)
AGREED_FIELDS = (
    "责任人：冯十；时限：2027年1月5日；佐证要求：摸排台账和影像资料；"
    "验收标准：十二个村全部摸排，抽查无遗漏；每月报告一次进展。"
)
MINUTES = [
    OPENING,
    "一、约谈事由、目的与通报的问题",
    "通报了三个问题。",
    "约谈方说明了约谈事由和提醒告诫、督促整改的目的。",
    "二、被约谈方陈述说明",
    "作了陈述。",
    "被约谈方已提交书面材料。",
    "三、讨论分析",
    "讨论了原因。",
    "四、整改措施及时限",
    "1.逐村开展线索摸排回头看。",
    AGREED_FIELDS,
    "2.建立举报线索台账。",
    "每周更新一次。",
    AGREED_FIELDS,
    REQUIRED,
]


def test_minutes(town: Unit, second_officer: User) -> None:
    case = interviewed_case(town)
    case.interview.recorder = second_officer
    minutes = facts_of(DocumentKind.MINUTES, case)
    assert minutes["title"] == "关于线索摸排不深入问题的约谈纪要"
    assert minutes["mark"] == "江门市扫黑除恶专项斗争约谈纪要"
    assert minutes["organ"] == OFFICE
    assert minutes["copied_to"] == "省扫黑除恶专项斗争领导小组"
    assert wording(minutes) == [line.replace(OFFICE_IN_FULL, OFFICE) for line in MINUTES]  # named only once
    assert list(map(str, minutes["people"])) == [
        "出席：市领导小组副组长孙六（约谈方）；蓬江区棠下镇党委书记冯十（被约谈方）",
        "缺席：蓬江区棠下镇镇长陈十一（因病住院）",
        "列席：市公安局赵某、市司法局钱某",
        "记录：李二",
    ]


def test_minutes_name_the_office_where_the_drafter_took_the_record(town: Unit) -> None:
    case = interviewed_case(town)
    assert case.interview.recorder == case.drafter
    people = list(map(str, facts_of(DocumentKind.MINUTES, case)["people"]))
    assert people[-1] == "记录：市扫黑办记录人员"


def test_minutes_read_the_revised_text_not_the_record(town: Unit) -> None:
    case = interviewed_case(town)
    with past_triggers():
        Interview.objects.filter(case=case).update(problems="记录原稿", statement="记录原稿", discussion="记录原稿")
    case.interview.refresh_from_db()
    assert wording(facts_of(DocumentKind.MINUTES, case)) == MINUTES


def test_minutes_say_that_no_written_material_came(town: Unit) -> None:
    text = wording(facts_of(DocumentKind.MINUTES, interviewed_case(town, submission_missing=True)))
    assert "被约谈方未提交书面材料。" in text
    assert "被约谈方已提交书面材料。" not in text


def test_minutes_print_an_objection_with_them(town: Unit) -> None:
    case = interviewed_case(town)
    case.minutes.answer, case.minutes.objection = MinutesAnswer.OBJECTED, "第二项表述不准确。\n请予更正。"
    assert wording(facts_of(DocumentKind.MINUTES, case)) == [
        *MINUTES,
        "五、被约谈方对纪要的异议",
        "本纪要经送被约谈方确认，被约谈方提出以下异议，一并印发：",
        "第二项表述不准确。",
        "请予更正。",
    ]
    case.minutes.objection_reply = "经核对记录，采纳异议，已作修改。"
    assert wording(facts_of(DocumentKind.MINUTES, case))[-2:] == [
        "对上述异议，市扫黑办答复如下：",
        "经核对记录，采纳异议，已作修改。",
    ]


def test_reminder_letter(town: Unit) -> None:
    draft = letter_in(LetterState.DRAFTED, to=town)
    draft.answer_until = date(2026, 12, 7)
    letter = facts_of(DocumentKind.REMINDER_LETTER, draft)
    assert letter["title"] == "关于行业乱象整治进展缓慢的提醒函"
    assert letter["addressee"] == TO
    assert letter["organ"] == letter["mark"] == GROUP
    opening = (
        f"你镇作为砂石行业乱象重点打击问题牵头单位，存在行业乱象整治进展缓慢的问题。根据{LAW}第十条第三项规定，"
        "现将有关事项提醒如下："
    )
    assert wording(letter) == [
        opening,
        "一、存在的问题",
        "三项整治任务均未按期启动。",
        "二、工作要求",
        "请于收到本函后抓紧部署，并书面反馈。",
        f"请于2026年12月7日前将整改落实情况书面反馈{OFFICE}。特此函告。",
    ]


def test_reminder_letter_to_a_member_unit(member_unit: Unit) -> None:
    opening, *_ = wording(facts_of(DocumentKind.REMINDER_LETTER, letter_in(LetterState.DRAFTED, to=member_unit)))
    assert opening.startswith(f"你单位作为{GROUP}成员单位，存在行业乱象整治进展缓慢的问题。")


SUPERVISED = (
    f"根据{LAW}第十条第一项、第二项规定，被约谈方应当按照《关于线索摸排不深入问题的约谈纪要》（江扫黑办纪〔2026〕1号）"
    "载明的时限落实整改措施并书面报告。截至2026年12月13日，你镇有1项整改任务逾期未书面报告落实情况，现予以黄色督办："
)


def test_supervision_letter(town: Unit) -> None:
    letter = facts_of(DocumentKind.SUPERVISION_LETTER, subject_of(DocumentKind.SUPERVISION_LETTER, town), reason="")
    assert letter["title"] == "关于落实线索摸排不深入问题约谈整改任务的督办通知（黄色）"
    assert letter["addressee"] == TO
    assert letter["organ"] == letter["mark"] == OFFICE
    assert wording(letter) == [
        SUPERVISED,
        "一、督办的整改任务",
        "1.开展一轮线索集中摸排。责任人：冯十；时限：2026年12月3日；已逾期10日。",
        "二、督办要求",
        "请你镇抓紧落实上述整改任务，书面报告落实情况，并说明逾期的原因。",
        f"请于2026年12月18日前将办理情况经主要领导审签后书面报{OFFICE}。",
    ]


def test_supervision_letter_with_the_offices_own_requirement(town: Unit) -> None:
    case = subject_of(DocumentKind.SUPERVISION_LETTER, town)
    text = wording(facts_of(DocumentKind.SUPERVISION_LETTER, case, reason="请于十日内书面报告。"))
    assert text[-2] == "请于十日内书面报告。"


@pytest.mark.parametrize(
    ("grade", "days", "stated", "required"),
    [
        ("blue", 8, "时限将至，尚未书面报告落实情况，现予以蓝色提示：", "在时限届满前书面报告落实情况"),
        ("red", 30, "逾期未书面报告落实情况，现予以红色督办：", "请你镇主要领导立即部署"),
    ],
)
def test_each_grade_says_its_own(town: Unit, grade: str, days: int, stated: str, required: str) -> None:
    case = subject_of(DocumentKind.SUPERVISION_LETTER, town)
    chosen = {"tasks": list(case.tasks.all()), "answer_until": None, "reason": "", "replaced_number": ""}  # type: ignore[union-attr]
    dated = clock.today() + timedelta(days=days)
    facts = content(DocumentKind.SUPERVISION_LETTER, case, number=NUMBER, dated=dated, grade=grade, **chosen)
    text = "".join(wording(facts))
    assert stated in text
    assert required in text
    assert facts["title"].endswith(f"整改任务的督办通知（{facts['grade_words'][:2]}）")
    assert "2项" in text


def pressed(town: Unit, grade: str, days: int) -> list[str]:
    """A 督办单 about the first of its tasks so many days from now; it is due in ten."""
    case = subject_of(DocumentKind.SUPERVISION_LETTER, town)
    chosen = {"tasks": list(case.tasks.all()[:1]), "answer_until": None, "reason": "", "replaced_number": ""}  # type: ignore[union-attr]
    dated = clock.today() + timedelta(days=days)
    return wording(content(DocumentKind.SUPERVISION_LETTER, case, number=NUMBER, dated=dated, grade=grade, **chosen))


def test_what_is_overdue_is_not_asked_for_within_its_limit_whatever_the_grade(town: Unit) -> None:
    opening, _, _, _, required, _ = pressed(town, "blue", 13)
    assert "有1项整改任务逾期未书面报告落实情况，现予以蓝色督办：" in opening
    assert required == "请你镇抓紧落实上述整改任务，书面报告落实情况，并说明逾期的原因。"


@pytest.mark.parametrize(
    ("grade", "required"),
    [
        ("yellow", "请你镇抓紧落实上述整改任务，书面报告落实情况。"),
        ("red", "请你镇主要领导立即部署落实上述整改任务，书面报告落实情况和下一步安排。"),
    ],
)
def test_what_is_not_due_yet_is_asked_for_no_reason_of_delay(town: Unit, grade: str, required: str) -> None:
    assert pressed(town, grade, 8)[4] == required


def test_a_paper_speaks_of_its_own_day_and_not_of_the_day_it_is_read_on(town: Unit) -> None:
    assert pressed(town, "blue", 10)[2].endswith("时限：2026年12月3日；于本通知印发当日到期。")


def test_no_supervision_letter_about_nothing(town: Unit) -> None:
    with pytest.raises(ValueError, match="about tasks"):
        facts_of(DocumentKind.SUPERVISION_LETTER, notified_case(town))


def test_long_fields_stay_whole(town: Unit) -> None:
    case = notified_case(town)
    matters = [f"第{number}个问题：" + "摸排不扎实，" * 60 for number in range(20)]
    case.notice_matter = "\r\n\r\n".join(matters)
    text = wording(facts_of(DocumentKind.INTERVIEW_NOTICE, case))
    assert text[2:22] == matters


@pytest.mark.parametrize("kind", NUMBERED)
def test_nothing_inner_is_shown(town: Unit, officer: User, kind: DocumentKind) -> None:
    subject = subject_of(kind, town)
    drafter = officer if kind != DocumentKind.REMINDER_LETTER else subject.drafter
    assert subject.drafter == drafter
    text = str(facts_of(kind, subject))
    for inner in (*INNER, drafter.name, "约谈〔2026〕1号"):
        assert inner not in text


def test_no_paper_without_the_body_that_issues_it(town: Unit) -> None:
    case = notified_case(town)
    Unit.objects.filter(kind=UnitKind.OFFICE).update(retired_on=date(2026, 1, 1))
    with pytest.raises(Unit.DoesNotExist):
        facts_of(DocumentKind.INTERVIEW_NOTICE, case)


@pytest.mark.parametrize("kind", [kind for kind in NUMBERED if kind != DocumentKind.MINUTES])
def test_every_paper_that_goes_out_says_whom_to_call(town: Unit, kind: DocumentKind) -> None:
    subject = subject_of(kind, town)
    subject.drafter.telephone = "0750-3270001"
    assert "联系电话：0750-3270001。" in wording(facts_of(kind, subject))
    for key, value in {"contact_person": "综合组", "contact_telephone": "0750-3270000"}.items():
        OfficeSetting.objects.filter(key=key).update(value=value)
    assert "联系人：综合组，联系电话：0750-3270000。" in wording(facts_of(kind, subject))


CLOSED = [
    (DocumentKind.REMINDER_LETTER, "特此函告。"),
    (DocumentKind.CANCELLATION, "特此通知。"),
    (DocumentKind.DELISTING, "特此通知。"),
    (DocumentKind.PLEA_ANSWER, "特此答复。"),
]


@pytest.mark.parametrize(("kind", "formula"), CLOSED)
def test_nothing_follows_the_formula_that_closes_a_paper(town: Unit, kind: DocumentKind, formula: str) -> None:
    subject = subject_of(kind, town)
    assert wording(facts_of(kind, subject))[-1].endswith(formula)
    subject.drafter.telephone = "0750-3270001"
    assert wording(facts_of(kind, subject))[-2:] == ["联系电话：0750-3270001。", formula]


def test_a_closing_of_the_office_itself_without_a_formula_is_followed_by_whom_to_call() -> None:
    closing, call = Paragraph("请抓紧落实。"), [Paragraph("联系电话：0750-3270001。")]
    assert closed_with(closing, call) == [closing, *call]


@pytest.mark.parametrize(
    ("matter", "hits"),
    [("农贸市场欺行霸市问题", "农贸市场欺行霸市问题"), ("打击整治不力", "打击整治不力的问题")],
)
def test_every_rung_says_what_the_unit_has(town: Unit, matter: str, hits: str) -> None:
    for kind in (DocumentKind.CIRCULAR, DocumentKind.LISTED_SUPERVISION, DocumentKind.VETO_DECISION, *KINDS_TO_OTHERS):
        measure = subject_of(kind, town)
        measure.matter = matter
        assert f"存在{hits}，属于《" in wording(facts_of(kind, measure))[0], kind


def test_of_several_grounds_the_door_is_no_further_one(town: Unit) -> None:
    for kind in (DocumentKind.LISTED_SUPERVISION, DocumentKind.VETO_DECISION, DocumentKind.CONSULTATION_LETTER):
        opening = wording(facts_of(kind, subject_of(kind, town)))[0]
        assert re.search("的。(上述情形符合|你镇受到)", opening), kind


def test_a_single_demand_is_a_sentence(town: Unit) -> None:
    measure = subject_of(DocumentKind.CIRCULAR, town)
    measure.demands = "清退违规收取的费用"
    assert "清退违规收取的费用。" in wording(facts_of(DocumentKind.CIRCULAR, measure))


def test_no_contact_is_printed_where_none_is_known(town: Unit) -> None:
    assert "联系" not in "".join(wording(facts_of(DocumentKind.INTERVIEW_NOTICE, notified_case(town))))


def test_a_new_notice_begins_with_the_facts_of_the_old_one(town: Unit, officer: User) -> None:
    form = RescheduleForm(case=notified_case(town), by=officer)
    assert form.prefilled()["matter_facts"] == "上半年摸排流于形式，3条群众举报线索逾期未答复。"
