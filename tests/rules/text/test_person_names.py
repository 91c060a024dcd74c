"""What is a person's name, how it is kept, and when two are the same."""

import pytest

from yuetan.rules.text.person_names import is_person_name, joined_names, person_name, persons_in, same_person_name


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("张　伟", "张伟"),
        (" 朱　十八 ", "朱十八"),
        ("张\u200b伟\ufeff", "张伟"),
        ("张\u00a0伟", "张伟"),
        *((f"买买提{dot}阿不都", "买买提·阿不都") for dot in "·•‧・．･∙⋅."),
        ("买买提 · 阿不都", "买买提·阿不都"),
        ("Ｊｏｈｎ　Smith", "John Smith"),
        ("𠮷田〇一", "𠮷田〇一"),
        ("", ""),
    ],
)
def test_a_name_is_kept_in_one_way(entered, kept):
    assert person_name(entered) == kept
    assert person_name(kept) == kept
    assert same_person_name(entered, kept)


def test_two_persons_are_two():
    assert not same_person_name("张伟", "张炜")
    assert same_person_name("john smith", "John  Smith")
    assert same_person_name("葛\U000e0100洪", "葛洪")


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("张伟、张伟", ["张伟"]),
        ("张　伟，张伟", ["张伟"]),
        ("孙六、周七。", ["孙六", "周七"]),
        ("孙六，周七,吴八；郑九/冯十", ["孙六", "周七", "吴八", "郑九", "冯十"]),
        ("孙六 周七", ["孙六", "周七"]),
        ("张　伟 李四", ["张伟", "李四"]),
        ("朱　十八、朱十八", ["朱十八"]),
        ("John Smith, Ann Lee", ["John Smith", "Ann Lee"]),
        ("甲、", ["甲"]),
        ("", []),
    ],
)
def test_an_enumeration_counts_persons_and_not_spellings(listed, names):
    assert persons_in(listed) == names
    assert joined_names(listed) == "、".join(names)


@pytest.mark.parametrize("text", ["冯十", "陈十一", "买买提·阿不都热合曼", "John Smith", "欧阳二十", "Ann O'Neil"])
def test_this_is_a_name(text):
    assert is_person_name(text)


@pytest.mark.parametrize(
    "text", ["", "张", "x", "。", "张3", "张伟、李四", "冯十。", "·张伟", "甲" * 41, "13800138000"]
)
def test_this_is_none(text):
    assert not is_person_name(text)
