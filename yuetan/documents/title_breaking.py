"""Titles broken at the borders of words, so that the lines stand like a trapezium or a rhombus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from math import ceil

from yuetan.documents.line_breaking import MAY_NOT_END, MAY_NOT_START

TITLE_WIDTH = 20  # characters of size 2 in a line of 156 mm
FEW_LINES = 3  # up to here every way of breaking is looked at
LATIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,/%_-]*")
BEST_BREAKS, GOOD_BREAKS = "，；：", "、》”）"  # after these
NOT_AT_THE_START = frozenset("的地得和与及等了们")
BEFORE_THESE = ("关于", "对")
INSIDE_A_WORD, HOURGLASS, MARK_AT_THE_EDGE = 60, 40, 10_000

# The words of the field: none of them is torn apart.
WORDS = frozenset(
    """
    扫黑除恶 扫黑 除恶 专项斗争 领导小组 办公室 成员单位 牵头单位 江门市 蓬江区 江海区 新会区 台山市 开平市 鹤山市 恩平市
    约谈 约谈办法 约谈纪要 约谈通知书 通知书 改期通知 提醒函 督办函 呈批表 任务清单 签到表 纪要 通知 撤销 改期 提醒 督办 整改
    整改督办函 整改任务清单 约谈建议 建议 线索 摸排 排查 核查 举报 群众 群众举报 涉黑涉恶 涉黑 涉恶 涉嫌 黑恶势力 黑恶 势力 犯罪
    打击 整治 打击整治 打财断血 打伞破网 保护伞 关系网 依法 严惩 案件 案件侦办 侦办 办理 移送 重点 重点打击 重点行业 行业 领域
    行业乱象 乱象 问题 突出问题 存在 季度 年度 半年 工作 情况 落实 落实不力 不力 责任 责任制 压实 不实 不细 不深 不扎实 不深入 不到位 不彻底 不回应
    不及时 不按时 不重视 不作为 慢作为 乱作为 进展 缓慢 进展缓慢 迟缓 滞后 逾期 逾期不报 报送 上报 反馈 整改进展 回应 扎实 深入 到位
    开展 推进 推动 组织 部署 宣传 发动 宣传发动 知晓率 满意度 群众安全感 安全感 基层 基层组织 组织建设 建设 治理 综合治理 社会治安
    社会 治安 管理 监管 行业监管 监督 检查 督查 督导 督导反馈 考核 问责 追责 砂石 砂石行业 工程 工程建设 建筑 施工 运输 交通 交通运输
    市场 市场监管 住房 城乡建设 自然资源 生态环境 农业农村 文化 旅游 教育 卫生健康 民政 财政 税务 金融 放贷 高利放贷 套路贷 网络
    电信 诈骗 赌博 涉赌 涉毒 毒品 非法 采砂 非法采砂 垄断 强迫交易 敲诈勒索 寻衅滋事 聚众斗殴 人民政府 街道办事处 街道 党委 党工委
    镇党委 公安局 司法局 检察院 法院 纪委监委 政法委 委员会 单位 部门 主要领导 负责人 主要负责人 责任人 重视 程度 认识 措施 制度 机制
    长效机制 常态化 台账 材料 信息 数据 质量 数量 偏低 偏少 较低 较少 不足 薄弱 不够 严重 明显 长期 多次 反复 连续 未能 未按 按时 按期
    管理委员会 工业园区 综合行政执法 行政执法 执法 安全生产 监督管理 环境保护 联合 联合办公室 整改任务
    要求 规定 期限 时限 完成 任务 目标 计划 方案 办法 实施 会议 精神 上级 交办 转办 督办件 举报件 信访 投诉 处置 处理 查处 查办 查实
    """.split()
)
LONGEST_WORD = max(map(len, WORDS))


def title_lines(title: str) -> list[str]:
    """A title as the lines it is printed in."""
    count = ceil(_width(title) / TITLE_WIDTH)
    if count <= 1:
        return [title]
    penalties = _penalties(title)
    while True:
        cuts = _few(title, count, penalties) if count <= FEW_LINES else _many(title, count, penalties)
        if cuts is not None:
            return [title[first:last] for first, last in pairwise((0, *cuts, len(title)))]
        count += 1


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)


def _penalties(title: str) -> list[int]:
    """What it costs to cut before each character."""
    costs = [0] * len(title)
    for place in range(1, len(title)):
        before, after = title[place - 1], title[place]
        if after in MAY_NOT_START or before in MAY_NOT_END:
            costs[place] = MARK_AT_THE_EDGE
        elif after in NOT_AT_THE_START or _counts(before, after):
            costs[place] = INSIDE_A_WORD
        elif before in BEST_BREAKS:
            costs[place] = -40
        elif before in GOOD_BREAKS:
            costs[place] = -15
        elif before == "的" or title.startswith(BEFORE_THESE, place):
            costs[place] = -5
    for first, last in _words(title):
        for place in range(first + 1, last):
            costs[place] = max(costs[place], INSIDE_A_WORD * (20 if title[place].isascii() else 1))
    return costs


def _counts(before: str, after: str) -> bool:
    """第3 and 3季: a number is not parted from what it counts."""
    return (before.isdigit() and not after.isascii()) or (before == "第" and after.isdigit())


def _words(title: str) -> list[tuple[int, int]]:
    """Where words of more than one character stand: the longest known ones from the left, numbers and Latin."""
    found, place = [], 0
    while place < len(title):
        latin = LATIN.match(title, place)
        length = latin.end() - place if latin else _longest(title, place)
        if length > 1:
            found.append((place, place + length))
        place += length
    return found


def _longest(title: str, place: int) -> int:
    sizes = range(min(LONGEST_WORD, len(title) - place), 1, -1)
    return next((size for size in sizes if title[place : place + size] in WORDS), 1)


def _few(title: str, count: int, penalties: Sequence[int]) -> tuple[int, ...] | None:
    places = range(1, len(title))
    ways = [cuts for cuts in combinations(places, count - 1) if _fits(title, cuts)]
    return min(ways, key=lambda cuts: _cost(title, cuts, penalties), default=None)


def _fits(title: str, cuts: Sequence[int]) -> bool:
    return all(_width(title[first:last]) <= TITLE_WIDTH for first, last in pairwise((0, *cuts, len(title))))


def _cost(title: str, cuts: Sequence[int], penalties: Sequence[int]) -> float:
    widths = [_width(title[first:last]) for first, last in pairwise((0, *cuts, len(title)))]
    middle = sum(widths) / len(widths)
    uneven = sum((width - middle) ** 2 for width in widths)
    hourglass = HOURGLASS if len(widths) == FEW_LINES and widths[1] < min(widths[0], widths[2]) else 0
    return uneven + hourglass + sum(penalties[cut] for cut in cuts)


def _many(title: str, count: int, penalties: Sequence[int]) -> tuple[int, ...] | None:
    """The best of all ways for a title of many lines, line by line from the end."""
    ideal = _width(title) / count

    @cache
    def rest(first: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 1:
            width = _width(title[first:])
            return ((width - ideal) ** 2, ()) if width <= TITLE_WIDTH else None
        ways = []
        for cut in range(first + 1, len(title)):
            width = _width(title[first:cut])
            after = rest(cut, left - 1) if width <= TITLE_WIDTH else None
            if after is not None:
                ways.append(((width - ideal) ** 2 + penalties[cut] + after[0], (cut, *after[1])))
            if width > TITLE_WIDTH:
                break
        return min(ways, default=None)

    best = rest(0, count)
    return best[1] if best else None
