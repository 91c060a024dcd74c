"""Two matters that may be one."""

import pytest

from yuetan.rules.text.similar_matter import similar


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("线索摸排不深入", "线索摸排不深入"),
        ("线索摸排不深入、有效线索少", "线索摸排不深入，有效线索少。"),
        ("涉黑涉恶线索摸排不深入", "线索摸排不深入"),
        ("线索摸排不深入", "线索摸排不够深入"),
        ("ＡＢ市场监管缺位", "ab市场监管缺位"),
        ("摸、排、不、力", "关于线索摸排不力等若干问题"),
    ],
)
def test_alike(one, other):
    assert similar(one, other)
    assert similar(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("线索摸排不深入", "货运市场日常监管缺位"),
        ("摸排", "线索摸排不深入、有效线索少"),
        ("", "线索摸排不深入"),
        ("", ""),
        ("，。", "；"),
        ("，。、；", "，。、；！"),
    ],
)
def test_not_alike(one, other):
    assert not similar(one, other)
