"""What units of the demonstration report by the month, the quarter, the half year and the year, and what is made of it.

All of it is made up; each report is counts and a few words, and no word of any person.
"""

from __future__ import annotations

from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.scenarios.demo.analyses import AnalysisWords
from yuetan.vocabulary import ReportFieldCheck, ReportFieldKind

COUNT, TEXT, FLAG, FILE = ReportFieldKind
SUM, AT_LEAST = ReportFieldCheck.SUM, ReportFieldCheck.AT_LEAST

MONTHLY = "《常态化开展扫黑除恶斗争实施方案》关于每月更新底数的要求（演示）"
QUARTERLY = "《常态化开展扫黑除恶斗争实施方案》关于按季度报送分析报告的要求（演示）"
HALF_YEARLY = "《扫黑除恶专项斗争工作制度》关于每半年报告一次的要求（演示）"
YEARLY = "《扫黑除恶专项斗争工作制度》关于年终总结的要求（演示）"

MONTH_FIELDS = (
    FieldRow("重点场所总数", COUNT, "处", True, SUM, "其中娱乐场所、其中货运市场、其中其他场所"),
    FieldRow("其中娱乐场所", COUNT, "处"),
    FieldRow("其中货运市场", COUNT, "处"),
    FieldRow("其中其他场所", COUNT, "处"),
    FieldRow("本月新增", COUNT, "处"),
    FieldRow("本月核销", COUNT, "处"),
)
QUARTER_FIELDS = (
    FieldRow("排查经营主体", COUNT, "家"),
    FieldRow("发现乱点乱象", COUNT, "项", True, AT_LEAST, "其中已整治"),
    FieldRow("其中已整治", COUNT, "项"),
    FieldRow("移交线索", COUNT, "条", True, AT_LEAST, "其中已办结"),
    FieldRow("其中已办结", COUNT, "条"),
    FieldRow("是否召开专题会议", FLAG),
    FieldRow("主要做法", TEXT, needed=False),
)
HALF_YEAR_FIELDS = (
    FieldRow("召开会议研究部署", COUNT, "次"),
    FieldRow("开展宣传活动", COUNT, "场"),
    FieldRow("摸排线索", COUNT, "条", True, AT_LEAST, "其中移送公安机关"),
    FieldRow("其中移送公安机关", COUNT, "条"),
    FieldRow("开展督导检查", COUNT, "次"),
    FieldRow("存在的问题", TEXT),
    FieldRow("下一步打算", TEXT),
)
YEAR_FIELDS = (
    FieldRow("全年移交线索", COUNT, "条"),
    FieldRow("全年整治乱点乱象", COUNT, "项"),
    FieldRow("主要负责人是否述职", FLAG),
    FieldRow("工作总结", TEXT),
    FieldRow("有关材料", FILE, needed=False),
)
RETURNED = "其中数与上期相差较大，请核对后重新报送，并在说明中写明原因。（演示）"
PRACTICES = (
    "会同公安、市场监管部门开展联合检查，问题逐项登记、逐项销号。（演示）",
    "对货运市场、娱乐场所逐家走访，督促经营者签订承诺书。（演示）",
    "",
)
PROBLEMS = ("个别村（社区）排查不细，线索质量不高。（演示）", "部门之间信息互通不够及时。（演示）")
PLANS = ("组织一次业务培训，逐村复核底数。（演示）", "每月召开一次碰头会，互通线索。（演示）")
SUMMARY = "全年按部署开展排查整治，完成各项任务，问题已逐项整改。（演示）"

QUARTER_ANALYSIS = AnalysisWords(
    situation="本季度各单位组织力量排查重点行业领域，发现的乱点乱象多数已经整治，移交的线索均已转有关单位核查。（演示）",
    problems="个别单位未按期报送；有的单位整治进度偏慢，部分问题跨季度没有销号。（演示）",
    proposals="对未报的单位由办公室催报；对没有整治到位的逐项列出清单，下季度末前销号。（演示）",
)
HALF_YEAR_ANALYSIS = AnalysisWords(
    situation="半年来各单位按要求研究部署、宣传发动、摸排线索，工作总体平稳推进。（演示）",
    problems="个别单位报送不及时；线索摸排的深度不够，督导检查的频次不均衡。（演示）",
    proposals="下半年对报送不及时的单位重点提醒，适时开展一次督导。（演示）",
)


def month_values(place: int, number: int) -> dict[str, object]:
    """Places of a unit in a month, a few more and a few fewer each time."""
    clubs, markets, others = 12 + place + number, 4 + place % 3, 20 + place * 2
    return {
        "f1": clubs + markets + others,
        "f2": clubs,
        "f3": markets,
        "f4": others,
        "f5": 1 + place % 2,
        "f6": place % 2,
    }


def quarter_values(place: int, number: int) -> dict[str, object]:
    """What a unit looked at in a quarter, and what it put right."""
    seen = 3 + (place + number) % 5
    handed_over = (place + number) % 3
    counted = {"f1": 30 + place * 4 + number * 3, "f2": seen, "f3": seen - (place + number) % 2}
    practice = PRACTICES[(place + number) % len(PRACTICES)]
    return counted | {"f4": handed_over, "f5": handed_over // 2, "f6": place % 4 != 1, "f7": practice}


def half_year_values(place: int, number: int) -> dict[str, object]:
    """What a unit did in half a year."""
    clues = 2 + (place * 2 + number) % 5
    done = {"f1": 3 + place % 3 + number, "f2": 6 + place + number, "f5": 2 + number % 2}
    return done | {
        "f3": clues,
        "f4": clues // 2,
        "f6": PROBLEMS[place % len(PROBLEMS)],
        "f7": PLANS[place % len(PLANS)],
    }


def year_values(place: int, number: int) -> dict[str, object]:
    """What a unit did in a year."""
    return {"f1": 5 + place % 4, "f2": 10 + place + number, "f3": True, "f4": SUMMARY}
