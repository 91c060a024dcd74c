"""The organs that papers are sent to, by the name of the unit."""

import pytest

from yuetan.rules.text.organ_names import addressed, organs_of_county, organs_of_town


@pytest.mark.parametrize(
    ("name", "organs"),
    [
        ("棠下镇", "棠下镇党委、镇政府"),
        ("瑶溪乡", "瑶溪乡党委、乡政府"),
        ("白沙街道", "白沙街道党工委、办事处"),
        ("白沙街道办事处", "白沙街道党工委、办事处"),
        ("滨江开发区", "滨江开发区党工委、管委会"),
        ("国营某某农场", "国营某某农场"),
    ],
)
def test_of_a_town(name: str, organs: str) -> None:
    assert organs_of_town(name) == organs


@pytest.mark.parametrize(
    ("name", "organs"),
    [
        ("江海区", "江海区委、区政府"),
        ("台山市", "台山市委、市政府"),
        ("株洲县", "株洲县委、县政府"),
        ("浦东新区", "浦东新区委、区政府"),
        ("江门高新区", "江门高新区党工委、管委会"),
    ],
)
def test_of_a_county(name: str, organs: str) -> None:
    assert organs_of_county(name) == organs


@pytest.mark.parametrize(
    ("name", "words"),
    [("棠下镇", "你镇"), ("白沙街道", "你街道"), ("江海区", "你区"), ("台山市", "你市"), ("", "你单位")],
)
def test_the_text_addresses_it(name: str, words: str) -> None:
    assert addressed(name) == words
