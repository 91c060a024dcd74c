"""How papers address a unit: the organs that answer for it (主送机关), and 你镇, 你区 for it in the text."""

SEAT_OF_COMMITTEES = ("高新区", "开发区", "园区", "示范区", "合作区")  # run by 党工委 and 管委会, districts by 区委


def organs_of_town(name: str) -> str:
    """棠下镇党委、镇政府; 白沙街道党工委、办事处; another name as it is."""
    if name.endswith(("镇", "乡")):
        return f"{name}党委、{name[-1]}政府"
    if name.endswith(("街道", "街道办事处")):
        return f"{name.removesuffix('办事处')}党工委、办事处"
    return _organs_of_zone(name)


def organs_of_county(name: str) -> str:
    """江海区委、区政府; 台山市委、市政府; another name as it is."""
    if name.endswith(("区", "市", "县")) and not name.endswith(SEAT_OF_COMMITTEES):
        return f"{name}委、{name[-1]}政府"
    return _organs_of_zone(name)


def _organs_of_zone(name: str) -> str:
    return f"{name}党工委、管委会" if name.endswith(SEAT_OF_COMMITTEES) else name


def addressed(name: str) -> str:
    """你镇, 你街道, 你区 …, and 你单位 for what has no such name."""
    endings = ("镇", "乡", "街道", "区", "市", "县")
    return f"你{next((ending for ending in endings if name.endswith(ending)), '单位')}"
