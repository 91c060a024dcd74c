"""The State Council's notice read as it is printed: everything it says, nothing guessed."""

from datetime import date

import pytest

from yuetan.rules.dates.arrangement import arrangement_by_law, read_arrangement
from yuetan.rules.dates.working_days import Calendar

OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日
"""
# How other years put it.
OF_2024 = """元旦：1月1日放假，与周末连休。
春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。
清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
端午节：6月10日放假，与周末连休。
中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。"""


@pytest.mark.parametrize(("year", "text"), [(2026, OF_2026), (2024, OF_2024)])
def test_a_notice_says_what_was_written_out_by_hand(calendar: Calendar, year: int, text: str) -> None:
    read = read_arrangement(text, year)
    assert list(read.findings(sum_accepted=False)) == []
    assert set(read.off) == {day for day in calendar.holidays if day.year == year}
    assert set(read.worked) == {day for day in calendar.workdays if day.year == year}


def test_new_year_may_begin_in_the_old_year() -> None:
    read = read_arrangement("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert sorted(read.off) == [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)]
    assert sorted(read_arrangement("元旦：2022年12月31日至1月2日放假。", 2023).off) == sorted(read.off)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "尚未填写放假安排，请照通知每个节日一行，如“元旦：1月1日至3日放假，共3天”。"),
        ("元旦：1月1日（周四）放假。", "2027年1月1日是周五，所填是周四：请核对日期，是不是2027年的安排。"),
        ("元旦：2月30日放假。", "“2月30日”不是2027年的日期，请核对。"),
        ("元旦：2028年1月1日放假。", "2028年1月1日不在2027年（只有上一年12月可以写在2027年的安排里），请核对。"),
        ("元旦：1月3日至1日放假。", "“1月3日至1日”后一个日期早于前一个，请核对。"),
        ("元旦：1月1日至3日放假，共4天。", "“1月1日至3日”是 3 天，所填是 4 天，请核对。"),
        ("1月1日放假", "读不懂“1月1日放假”，请照通知的写法，如“元旦：1月1日至3日放假，共3天”“1月4日上班”。"),
        (
            "元旦：1月1日那天大约放假",
            "读不懂“1月1日那天大约放假”，请照通知的写法，如“元旦：1月1日至3日放假，共3天”“1月4日上班”。",
        ),
    ],
)
def test_what_is_wrong_is_refused_in_its_own_words(text: str, sentence: str) -> None:
    assert [finding.sentence() for finding in read_arrangement(text, 2027).findings(sum_accepted=True)] == [sentence]


def test_contradictions_are_named() -> None:
    text = arrangement_by_law(2027).replace(
        "清明节：4月5日（周一）放假，共1天。", "清明节：4月6日放假。5月1日、4月7日上班。"
    )
    assert [finding.sentence() for finding in read_arrangement(text, 2027).findings(sum_accepted=True)] == [
        "2027年5月1日既写放假又写上班，请核对。",
        "2027年4月7日本来是工作日，不能写作调休上班，请核对。",
        "4月5日（清明节）是法定放假的日子，安排里没有写放假，请补上。",
    ]


def test_days_that_do_not_add_up_ask_to_be_confirmed() -> None:
    text = OF_2026.replace("、10月10日（周六）", "")
    (problem,) = read_arrangement(text, 2026).findings(sum_accepted=False)
    assert problem.sentence() == (
        "放假的工作日 19 天，减去调休上班 5 天，得 14 天，与法定放假 13 天不等；"
        "与通知逐字核对无误的，请勾选“已与通知原文逐字核对，仍按此载入”。"
    )
    assert list(read_arrangement(text, 2026).findings(sum_accepted=True)) == []


def test_what_is_certain_is_offered_to_be_completed() -> None:
    assert arrangement_by_law(2027).splitlines()[:2] == [
        "元旦：1月1日（周五）放假，共1天。",
        "春节：2月5日（周五）至2月8日（周一）放假，共4天。",
    ]
