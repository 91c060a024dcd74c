"""What belongs together in a title beyond its words: 恶意竞争, 打击不力, 有举报 and the like are not parted by a line.

A clerk reads a title in phrases. Said here are the habits of such titles: which words look forward to the next,
which cling to the one before, and with which a phrase begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

LOOKS_FORWARD = frozenset("不未没无有被和与及或对在把向将为从再又均仍已屡")  # each standing alone
LOOKS_BACK = frozenset("中内后前上下时")  # the same
QUOTED = re.compile("“[^”]{1,6}”|《[^》]{1,6}》|（[^）]{1,6}）")
OPENS = re.compile("关于|取消|落实")
DESCRIBES = re.compile(
    f"{OPENS.pattern}|恶意|非法|违法|违规|强制|日常|专项|集中|长期|多次|反复|连续|重点|暴力|强迫|实名|联合|公开|重新|逾期|夜间|"
    "有效|主要|屡次|强行|限期|强揽|强占|软弱|欺客|拒不|久拖|层层|集体|民间|职业|村级|督导|警情|黑车|垄断|群众|约谈|"
    "打击|打击整治|引发"
)
# What is said of what was done, and nouns that name what the words before them are.
CLINGS = re.compile(
    "不(?!良|法)[一-鿿]|滞后|迟缓|迟延|缓慢|落后|混乱|敷衍|缺位|松懈|反弹|突出|偏低|偏少|薄弱|漏报|迟报|瞒报|走过场|流于形式|被动|拖沓|"
    "问题|线索|行业|领域|场所|站点|网点|机构|部门|资源|周边|乱象|台账|资金|纠纷|中介|安装|摊位|约谈"
)
# What was done or left undone.
BEGINS = re.compile(
    "整治|打击|排查|摸排|核查|整顿|清理|清查|查处|监管|治理|监督|检查|巡查|侦办|处置|移送|移交|办理|宣传|整改|统筹|管理|"
    "未|无人|逾期|引发|屡禁|长期|日常|专项|集中|有举报"
)
PLACE = re.compile("..+(?:[市县区镇乡村]|街道)")
SEPARATES = "，；：、"
TORN, PARTED, PAIR, LIKED = 1_000, 40, 20, -8


def phrase_costs(title: str, pieces: Sequence[tuple[int, int]]) -> dict[int, int]:
    """What it costs to end a line before each piece of a title but the first, by where the piece begins."""
    costs, is_pair = {}, False
    for (first, cut), (_, last) in pairwise(pieces):
        before, after = title[first:cut], title[cut:last]
        is_pair = not is_pair and _are_pair(before, after)
        looks = before in LOOKS_FORWARD or after in LOOKS_BACK
        costs[cut] = TORN if looks else _between(before, title[cut:]) + (PAIR if is_pair else 0)
    quoted = (place for match in QUOTED.finditer(title) for place in range(match.start() + 1, match.end()))
    return costs | dict.fromkeys(quoted, TORN)


def _are_pair(before: str, after: str) -> bool:
    """Two words of two characters side by side are mostly a phrase of four: 建筑工地, 旅游景区."""
    is_open = OPENS.fullmatch(before) or DESCRIBES.fullmatch(after) or CLINGS.match(after)
    return len(before) == len(after) == len("两字") and not is_open


def _between(before: str, rest: str) -> int:
    if DESCRIBES.fullmatch(before) or (CLINGS.match(rest) and before[-1] not in SEPARATES):
        return PARTED
    return LIKED * (bool(BEGINS.match(rest)) + bool(PLACE.fullmatch(before)))
