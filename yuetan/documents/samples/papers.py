"""Papers about nobody, to look at and to measure: every kind in its usual form and in hard ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import ROWS_TO_SIGN, Opinion, Row
from yuetan.documents.content.paragraphs import Paragraph, people
from yuetan.documents.content.statistics_sheet import CountedTable
from yuetan.documents.samples.analysis import sample_analysis
from yuetan.documents.samples.assessment import sample_assessment
from yuetan.documents.samples.facts import GROUP, OFFICE, ORGANS, TITLES, TOWN
from yuetan.documents.samples.ladder import SEVERAL_ORGANS, gravity_row, several_body
from yuetan.documents.samples.ladder_forms import sample_ladder_forms
from yuetan.documents.samples.meetings import sample_meetings
from yuetan.documents.samples.restrictions import sample_replies
from yuetan.documents.samples.rounds import sample_rounds
from yuetan.documents.samples.words import sample_body, sample_gravity, sample_laid, sample_minutes
from yuetan.documents.typesetting.typesetting import typeset_paragraphs
from yuetan.rules.text.handling import Handling
from yuetan.rules.text.official_text import citation
from yuetan.vocabulary import KINDS_TO_OTHERS, SupervisionGrade
from yuetan.vocabulary import DocumentKind as Kind

RARE = "䶮㛃𬱖𠅤𬭛𫖯"
OTHER_BODY = "市纪委监委机关"
LONG_UNIT = "江门市某某工业园区管理委员会综合行政执法与安全生产监督管理及生态环境保护联合办公室" * 2
DATED = "2026年11月23日"
LETTERS = {kind: title for kind, title in TITLES.items() if kind != Kind.MINUTES}
SHORT_TITLE = "关于线索摸排不深入问题的约谈纪要"
HARD_TITLE = "关于涉黑涉恶线索摸排不扎实、不深入，对群众举报线索不回应且2026年第3季度整改进展迟缓问题的约谈通知书"
USUAL = "你镇涉黑涉恶线索摸排不扎实、不深入，今年以来上报有效线索仅2条，3条群众举报线索逾期未答复，群众反映强烈。"
LONGEST = (
    f"经查，{RARE}等6人的问题线索（编号：GA-2026/1183.5）由“线索核查专班”会同市公安局、市司法局、市市场监管局办理，"
    "至今已逾期128天；其中“套路贷”“高利贷”“裸聊敲诈”3类线索的核查率分别为37.5%、42%和9.08%，远低于全市平均水平——"
    "这与《江门市扫黑除恶专项斗争约谈办法》（以下简称《办法》）的要求差距很大……群众说：“等了又等，还是没有回音。”"
)
HARD = (
    LONGEST,
    "（一）压实责任。党政主要领导要亲自过问，逐条建立台账，明确责任人、时限和佐证要求，做到件件有着落、事事有回音。",
    "1.落实“一线索一专班”，由分管领导牵头（联系电话：0750-0000000，邮箱：office@example.cn），每周二、周五各报送一次。",
    "（1）对“有黑扫黑、有恶除恶、有乱治乱”的要求，不得以会议落实会议、以文件落实文件！",
)
PAGE_ROWS = 22
LIST = f"{TOWN}整改任务清单"
COPIED = "市纪委监委机关、市委组织部、市公安局、市司法局、市市场监管局、新会区委、新会区政府"


def sample_papers() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """Name, kind and facts of every sample."""
    yield from (*_supervisions(), *_in_other_words())
    for kind, title in LETTERS.items():
        yield f"{kind.value}-normal", kind, letter(kind, title, sample_body(kind))
        yield f"{kind.value}-hard", kind, letter(kind, HARD_TITLE, body_of_rows(45), addressee=LONG_UNIT[:80])
    yield (
        "interview_notice-one-line",
        Kind.INTERVIEW_NOTICE,
        letter(Kind.INTERVIEW_NOTICE, "约谈通知书", [_short_paragraph()]),
    )
    for kind in (Kind.REMINDER_LETTER, Kind.SUPERVISION_LETTER, Kind.CIRCULAR, Kind.VETO_DECISION):
        yield f"{kind.value}-handled", kind, letter(kind, LETTERS[kind], sample_body(kind)) | _handled()
    yield "interview_notice-full-page", Kind.INTERVIEW_NOTICE, _full_page_letter()
    body, came = sample_minutes()
    usual: PaperFacts = {"title": TITLES[Kind.MINUTES], "addressee": ORGANS, "people": came, "annex": LIST}
    yield "minutes-normal", Kind.MINUTES, minutes(body, 3) | usual
    yield "minutes-handled", Kind.MINUTES, minutes(body, 3) | usual | _handled(copied_to="")
    yield "minutes-hard", Kind.MINUTES, minutes(body_of_rows(45), 30, unit=LONG_UNIT[:80])
    yield "minutes-one-line", Kind.MINUTES, minutes([_short_paragraph()], 1)
    yield "minutes-full-page", Kind.MINUTES, _full_page_minutes()
    yield from sample_meetings()
    yield from sample_replies()
    yield from sample_assessment()
    yield from sample_rounds()
    yield from sample_analysis()
    yield from _forms()


def _in_other_words() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """通报 to several units, and the notice of an interview that came by gravity."""
    paper = letter(Kind.CIRCULAR, LETTERS[Kind.CIRCULAR], several_body(), addressee=SEVERAL_ORGANS)
    yield "circular-several", Kind.CIRCULAR, paper
    paper = letter(Kind.INTERVIEW_NOTICE, LETTERS[Kind.INTERVIEW_NOTICE], sample_gravity())
    yield "interview_notice-gravity", Kind.INTERVIEW_NOTICE, paper


def _supervisions() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """督办单 of each grade, and of tasks that a rung handed over."""
    kind: Kind = Kind.SUPERVISION_LETTER
    titled = ((grade, LETTERS[Kind.SUPERVISION_LETTER].replace("黄", grade.colour)) for grade in SupervisionGrade)
    usual = [(grade.value, grade, title, sample_body(kind, grade)) for grade, title in titled]
    for name, grade, title, body in [*usual, *sample_laid()]:
        yield f"supervision_letter-{name}", kind, letter(kind, title, body) | _graded(grade)


def letter(kind: Kind, title: str, body: list[Paragraph], *, addressee: str = ORGANS) -> PaperFacts:
    """The facts of a letter."""
    organ = GROUP if kind in (Kind.REMINDER_LETTER, Kind.VETO_DECISION, Kind.VETO_PROPOSAL) else OFFICE
    facts: PaperFacts = {"title": title, "addressee": addressee, "organ": organ, "mark": organ, "body": body}
    if kind == Kind.SUPERVISION_LETTER:
        facts |= _graded(SupervisionGrade.YELLOW)
    if kind in KINDS_TO_OTHERS:
        facts["addressee"] = OTHER_BODY
    if kind in (Kind.CIRCULAR, Kind.VETO_DECISION):
        facts["mark"] = f"{organ}文件"
    return {**facts, "number": "江扫黑办〔2026〕3号", "dated_words": DATED}


def _handled(*, copied_to: str = COPIED) -> PaperFacts:
    """All that a paper may bear beside its wording."""
    chosen = Handling("internal", "most_urgent", "000001", "此件不公开", copied_lists=[GROUP], copied_to=copied_to)
    facts = chosen.facts()
    return cast(PaperFacts, facts if copied_to else {name: facts[name] for name in facts if name != "copied_to"})


def _graded(grade: SupervisionGrade) -> PaperFacts:
    return {"grade": grade.value, "grade_words": grade.head}


def minutes(body: list[Paragraph], attendees: int, *, unit: str = TOWN) -> PaperFacts:
    """The facts of minutes with so many people present."""
    names = [
        f"{TOWN}{'张李王赵钱孙周吴郑冯'[place % 10]}{'一二三四五六七八九十'[place % 9]}" for place in range(attendees)
    ]
    names[-1] += RARE[:2]
    paragraphs_shown = [
        *people("出席", "、".join(names)),
        *people("缺席", ""),
        *people("列席", f"市公安局赵某、市司法局{RARE[2:4]}"),
    ]
    facts = letter(Kind.MINUTES, SHORT_TITLE, body, addressee=unit)
    copied_to = "，".join(["省扫黑除恶专项斗争领导小组", *(["市委办公室", "市公安局"] * (attendees // 5))])
    return facts | {"mark": "江门市扫黑除恶专项斗争约谈纪要", "people": paragraphs_shown, "copied_to": copied_to}


def body_of_rows(rows: int) -> list[Paragraph]:
    """A body with the hardest texts there are, exactly so many rows long."""
    body: list[Paragraph] = []
    sources = [(paragraph, row_count([paragraph])) for paragraph in map(Paragraph, HARD)]
    left = rows
    while True:
        following, height = sources[len(body) % len(sources)]
        if height > left:
            return [*body, *[_short_paragraph()] * left]
        body.append(following)
        left -= height


def row_count(paragraphs: list[Paragraph]) -> int:
    """How many rows these paragraphs take."""
    return sum(paragraph.markup.count("<br>") + 1 for paragraph in typeset_paragraphs(paragraphs))


def _short_paragraph() -> Paragraph:
    return Paragraph("请于收到本文书后抓紧落实，并书面反馈。")


def _full_page_letter() -> PaperFacts:
    # Title, a blank row and the addressee stand above the body, which begins on the eighth row.
    return letter(Kind.INTERVIEW_NOTICE, LETTERS[Kind.INTERVIEW_NOTICE], body_of_rows(PAGE_ROWS - 7 + PAGE_ROWS))


def _full_page_minutes() -> PaperFacts:
    # The body begins on the fourteenth row; a blank row and three rows of people end the second page.
    facts = minutes([_short_paragraph()], 1)
    rows = 2 * PAGE_ROWS - 13 - 1 - row_count(facts["people"])
    return facts | {"body": body_of_rows(rows)}


SOURCES = "依据：线索核查情况.pdf、群众举报答复台账.xlsx"
MORE_FACTS = "农贸市场摊位强占、强收“卫生费”问题被连续三次反映，镇未组织一次查处，也未向市场监管部门通报。"


def _forms() -> Iterator[tuple[str, Kind, PaperFacts]]:
    yield "approval_form-normal", Kind.APPROVAL_FORM, _approval("蓬江区棠下镇", [USUAL])
    yield "approval_form-two-grounds", Kind.APPROVAL_FORM, _approval("蓬江区棠下镇", [USUAL], MORE_FACTS)
    yield "approval_form-gravity", Kind.APPROVAL_FORM, _approval("蓬江区棠下镇", [USUAL], by=gravity_row())
    yield "approval_form-hard", Kind.APPROVAL_FORM, _approval(LONG_UNIT[:80], list(HARD) * 4)
    yield from sample_ladder_forms([USUAL], list(HARD) * 4)
    yield "task_list-normal", Kind.TASK_LIST, _tasks(TOWN, 3)
    yield "task_list-hard", Kind.TASK_LIST, _tasks(LONG_UNIT[:80], 30)
    yield "statistics-normal", Kind.STATISTICS, _statistics(9)
    yield "statistics-hard", Kind.STATISTICS, _statistics(60)
    yield "sign_in_sheet-normal", Kind.SIGN_IN_SHEET, _sign_in(3)
    yield "sign_in_sheet-hard", Kind.SIGN_IN_SHEET, _sign_in(30)


def _statistics(areas: int) -> PaperFacts:
    """A sheet with so many units, one of them with the longest name, and grounds in full."""
    towns = [f"蓬江区{'棠下杜阮荷塘'[place % 3 * 2 : place % 3 * 2 + 2]}镇" for place in range(areas)]
    units = [[town, str(areas - place), "0", f"+{areas - place}"] for place, town in enumerate(towns)]
    compared, ground = (
        ["2026年第4季度", "2026年第3季度", "增减"],
        f"{citation(5, 2)} 涉黑涉恶线索摸排不扎实、不深入的。",
    )
    tables = [
        CountedTable("约谈事项（件）", compared, [["建档", "12", "9", "+3"], ["办结（销号）", "8", "8", "0"]]),
        CountedTable("各地、各单位被约谈（件）", compared, [*units, [LONG_UNIT[:60], "1", "0", "+1"]]),
        CountedTable("约谈情形（件）", compared, [[ground, "11", "128", "-117"]], "一件有几种情形的，各计一次。"),
        CountedTable(
            "2026年第4季度办公室办理",
            ["办完", "超时办完", "平均天数", "现在待办", "将到期", "超时"],
            [["核稿", "12", "1", "2.5", "0", "0", "0"]],
        ),
        CountedTable("现在未报告的整改任务（项）", ["现在"], [["已逾期", "0"], ["中止计时", "2"]]),
    ]
    number = "江扫黑办〔2026〕3号"
    pairs = [("文号", number, "印发日期", DATED), ("制表单位", OFFICE, "报送", GROUP)]
    notes = ["本期、上期的数字按事情发生的日期统计。", *HARD[:1]]
    title = "2026年第4季度约谈工作统计表"
    facts: PaperFacts = {"title": title, "number": number, "pairs": pairs, "tables": tables}
    return facts | {"rows": [Row("统计口径", notes)]}


def _approval(unit: str, facts: list[str], more: str = "", by: Row | None = None) -> PaperFacts:
    ground = "涉黑涉恶线索摸排不扎实深入，有效线索不多，对群众举报线索不回应的。"
    second = [Row("约谈情形二", [f"{citation(5, 3)}：打击整治不力的。", more, SOURCES])] if more else []
    rows = [
        Row("被约谈单位", [unit]),
        Row("约谈人", ["市领导小组副组长孙六"]),
        Row("约谈对象", [f"{unit}党委书记冯{RARE[0]}、镇长陈十一"]),
        Row("约谈事由", ["线索摸排不深入问题"]),
        Row(f"约谈情形{'一' if more else ''}", [f"{citation(5, 2)}：{ground}", *facts, SOURCES]),
        *second,
        *([by] if by else []),
        Row("内容校验", ["3F2A-9C01-77BD-E04A"]),
    ]
    opinions = [
        Opinion("审定", ["审定同意", "请按程序抓紧办理。"], "赵四（市领导小组组长）", DATED),
        Opinion("核稿", ["同意，报审定。"], "王三（市扫黑办主任）", "2026年11月21日"),
        Opinion("拟稿", ["拟稿，报核。"], "张一（市扫黑办承办人）", "2026年11月20日"),
    ]
    pairs = [
        ("登记号", "约谈〔2026〕12号", "呈报日期", "2026年11月21日"),
        ("密级", "", "缓急", ""),
        ("承办人", "张一", "联系电话", "0750-3270000"),
    ]
    return {"title": "约谈建议呈批表", "pairs": pairs, "opinions": opinions, "rows": rows}


ANNEX_MARK = "江扫黑办纪〔2026〕4号附件"
STANDARD = "逐村有台账，线索件件有核查结果"


def _tasks(unit: str, count: int) -> PaperFacts:
    contents = [USUAL, HARD[1], f"会同{RARE}专班逐村开展线索摸排回头看。"]
    cells = [
        [
            str(number),
            contents[number % 3],
            f"冯{RARE[number % 6]}",
            "2027年1月5日",
            "摸排台账、影像资料和书面报告",
            STANDARD,
        ]
        for number in range(1, count + 1)
    ]
    columns = ["序号", "整改措施", "责任人", "时限", "佐证要求", "验收标准"]
    return {"title": f"{unit}整改任务清单", "annex_mark": ANNEX_MARK, "columns": columns, "cells": cells}


def _sign_in(count: int) -> PaperFacts:
    named = [["被约谈方", f"张{RARE[place % 6]}", f"{LONG_UNIT[: 8 + place]}主任"] for place in range(count)]
    numbered = [[str(number), *who, "", ""] for number, who in enumerate(named, start=1)]
    return {
        "title": "关于线索摸排不深入问题的约谈签到表",
        "rows": [Row("时间", ["2026年11月30日（星期一）上午9:30"]), Row("地点", ["市委大院1号楼302会议室"])],
        "columns": ["序号", "席别", "姓名", "单位及职务", "联系电话", "签名"],
        "cells": [*numbered, *[[""] * 6] * max(ROWS_TO_SIGN - count, 0)],
    }
