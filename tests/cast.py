"""Who takes part: fictitious people, each with one post held for years."""

from datetime import date, datetime

from yuetan import grants
from yuetan.models import Post, Unit, User
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import PostKind, Rank

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA_STANDARD_TIME)
IN_OFFICE_SINCE = date(2024, 1, 2)
GROUP, OFFICE = "440700", "440700-01"
TOWN, DIVISION_TOWN, COUNTY, MEMBER_UNIT = "440703101", "440783001", "440705", "440700-113"

# Name, account (none for who never logs in), unit, post, title, rank.
CAST: tuple[tuple[str, str | None, str, PostKind, str, str], ...] = (
    ("张一", "officer", OFFICE, PostKind.CASE_OFFICER, "承办人", ""),
    ("李二", "second_officer", OFFICE, PostKind.CASE_OFFICER, "承办人", ""),
    ("王三", "director", OFFICE, PostKind.OFFICE_DIRECTOR, "主任", ""),
    ("赵四", "group_leader", GROUP, PostKind.GROUP_LEADER, "市扫黑除恶专项斗争领导小组组长", ""),
    ("钱五", "first_deputy", GROUP, PostKind.FIRST_DEPUTY_LEADER, "市扫黑除恶专项斗争领导小组第一副组长", ""),
    ("孙六", "deputy", GROUP, PostKind.DEPUTY_LEADER, "市扫黑除恶专项斗争领导小组副组长", ""),
    ("周七", "supervisor", OFFICE, PostKind.SUPERVISOR, "督查员", ""),
    ("吴八", "sysadmin", OFFICE, PostKind.SYSTEM_ADMINISTRATOR, "系统管理员", ""),
    ("施二十", "guardian", OFFICE, PostKind.SECURITY_ADMINISTRATOR, "安全管理员", ""),
    ("郑九", "auditor", OFFICE, PostKind.SECURITY_AUDITOR, "安全审计员", ""),
    ("冯十", f"head_{TOWN}", TOWN, PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION),
    ("陈十一", None, TOWN, PostKind.GOVERNMENT_HEAD, "镇长", Rank.BELOW_DIVISION),
    ("褚十二", f"liaison_{TOWN}", TOWN, PostKind.LIAISON, "联络员", ""),
    ("卫十三", f"head_{COUNTY}", COUNTY, PostKind.PARTY_SECRETARY, "区委书记", Rank.DIVISION),
    ("蒋十四", None, COUNTY, PostKind.GOVERNMENT_HEAD, "区长", Rank.DIVISION),
    ("沈十五", f"liaison_{COUNTY}", COUNTY, PostKind.LIAISON, "联络员", ""),
    ("韩十六", f"head_{MEMBER_UNIT}", MEMBER_UNIT, PostKind.UNIT_HEAD, "局长", ""),
    ("杨十七", f"liaison_{MEMBER_UNIT}", MEMBER_UNIT, PostKind.LIAISON, "联络员", ""),
    ("朱十八", f"head_{DIVISION_TOWN}", DIVISION_TOWN, PostKind.PARTY_SECRETARY, "党工委书记", Rank.DIVISION),
    ("秦十九", f"liaison_{DIVISION_TOWN}", DIVISION_TOWN, PostKind.LIAISON, "联络员", ""),
)


def engage_cast() -> None:
    """Write the cast, each with a post held for years."""
    for name, username, code, kind, title, rank in CAST:
        engage(name, username, unit(code), kind, title, rank)


def engage(name: str, username: str | None, unit: Unit, kind: str, title: str, rank: str = "") -> User:
    """A new person with one post and the rights that follow from it."""
    user = User.objects.create_person(name, username=username)
    Post.objects.create(unit=unit, holder=user, kind=kind, title=title, rank=rank, began_on=IN_OFFICE_SINCE)
    grants.follow_posts(user)
    return user


def person(username: str) -> User:
    """One of the cast, read anew, so that nothing is remembered of an earlier moment."""
    return User.objects.get(username=username)


def unit(code: str) -> Unit:
    """A unit by its code."""
    return Unit.objects.select_related("parent").get(code=code)


def head(code: str) -> User:
    """The head of a unit of the cast, who has an account."""
    return person(f"head_{code}")


def liaison(code: str) -> User:
    """The liaison of a unit of the cast."""
    return person(f"liaison_{code}")
