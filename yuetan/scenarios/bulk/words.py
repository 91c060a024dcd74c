"""What bulk data is about: plainly invented matters."""

from __future__ import annotations

from random import Random

MATTER = "待替换的虚构事由"  # stands for one of them, and is like no other
SUBJECTS = (
    *("农贸市场欺行霸市", "砂石运输强行派单", "货运站场垄断货源", "建筑工地强揽工程", "村集体鱼塘发包", "渔港码头收费"),
    *("夜间消防通道收费", "二手车市场强买强卖", "石材加工园区用工", "旅游景区周边拉客", "废品回收行业", "水产批发市场"),
)
SHORTCOMINGS = (
    *("线索摸排不深入", "举报线索办理不及时", "专项整治措施未落实", "日常监管缺位", "整治台账不实"),
    *("线索移交不及时", "联合执法部署迟缓", "“两个一律”落实不到位"),
)
MEASURES = (
    "开展一轮集中摸排，逐户登记",
    "对逾期线索逐条核查办结并书面回复",
    "建立线索流转台账，每周调度一次",
    "组织联合执法检查，形成检查记录",
    "清退违规收费并公示结果",
    "重建整治台账，由主要负责人审核",
)
PROOFS = ("工作报告和台账", "检查记录和现场照片", "公示材料和签收单")
STANDARDS = ("逐项落实，抽查属实", "覆盖率达到100%，抽查无遗漏", "问题清零，一个月内无反弹")
REPORTS = ("已按要求落实，台账附后。", "已完成整改，检查记录附后。", "已逐项落实并公示，材料附后。")
REASONS = ("材料不全，请补充台账和现场记录。", "数据与现场不符，请核实后重新报送。", "情况已有变化，需重新研究。")
OPINIONS = ("同意。", "事实清楚，同意。", "同意，请抓紧办理。")
SUBMISSION = {
    "situation": "本单位高度重视，现将基本情况报告如下。",
    "problems": "工作推进不力，措施落实不到位。",
    "causes": "责任压实不够，督促检查不经常。",
    "measures": "立即制定整改方案，限期完成。",
}
RECORD = {
    "problems": "说明了约谈事由和目的，通报了存在的问题。",
    "statement": "被约谈方认领问题，陈述了原因，提出了整改措施。",
    "discussion": "经讨论，确定了整改措施及时限。",
}


def matters() -> list[str]:
    """Every matter that a case may be about."""
    return [f"{subject}问题{shortcoming}" for subject in SUBJECTS for shortcoming in SHORTCOMINGS]


def facts(lots: Random, matter: str) -> str:
    """What is held against the unit."""
    visits, problems, solved = lots.randint(2, 9), lots.randint(3, 30), lots.randint(0, 2)
    return f"{matter}。督导检查{visits}次，发现问题{problems}项，整改{solved}项。"


FINDING = "查阅台账并现场核对。"
