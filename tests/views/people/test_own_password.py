"""修改密码: everybody their own, by rules that the page says beforehand and names one by one where they are broken."""

import pytest

from tests.web import Visitor

OLD, NEW = "old-lantern-47", "quiet-lantern-48"
RULES = (
    "密码不能与账号、姓名相近。",
    "密码至少 10 个字符。",
    "密码不能是常见的密码。",
    "密码中不能有本系统、本单位、本地的名称（如 yuetan、jiangmen）。",
    "密码不能全是数字。",
)


@pytest.fixture
def visitor(officer):
    """张一, who knows the present password."""
    officer.set_password(OLD)
    officer.save()
    return Visitor(officer)


def change(visitor, new, *, again=None, old=OLD, expect=422):
    """The page that comes of typing these."""
    visitor.open("/password/")
    typed = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return visitor.press("修改密码", expect, **typed)


def test_the_rules_are_said_beforehand(visitor):
    page = visitor.open("/password/")
    assert [rule for rule in RULES if rule not in page] == []


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("lantern-4", "密码至少 10 个字符，请加长。"),
        ("officer-12", "密码与账号太相近，请另换一个。"),
        ("1234567890", "密码太常见，容易被猜中，请另换一个。"),
        ("JiangMen-2026-winter", "密码中不能有“jiangmen”，容易被猜中，请另换一个。"),
        ("扫黑除恶-lantern-48", "密码中不能有“扫黑”，容易被猜中，请另换一个。"),
        ("7301948256", "密码不能全是数字，请加上字母或者符号。"),
    ],
)
def test_a_weak_one_is_refused_with_what_to_do(visitor, officer, new, problem):
    assert problem in change(visitor, new)
    officer.refresh_from_db()
    assert officer.check_password(OLD)


def test_what_is_typed_wrongly_is_said(visitor, officer):
    assert "旧密码不对，请重新输入。" in change(visitor, NEW, old="no-lantern-46")
    assert "两次输入的新密码不一致，请重新输入。" in change(visitor, NEW, again=NEW + "x")
    officer.refresh_from_db()
    assert officer.check_password(OLD)


def test_a_good_one_holds_from_now_on(visitor, officer):
    assert change(visitor, NEW, expect=200).url == "/"  # and they need not log in again
    officer.refresh_from_db()
    assert officer.check_password(NEW)
