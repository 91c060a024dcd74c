"""任职 and 离任: who begins or leaves a post in the browser, and that it works the same day."""

from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in
from yuetan.models import Event, Post, Unit, User
from yuetan.vocabulary import CaseState, PostKind, Rank

NEW_PASSWORD = "Chun-Tian-2026"


def engagement(**changed: object) -> dict[str, object]:
    """A new liaison with an account, as the administrator types it."""
    typed = {
        "kind": PostKind.LIAISON,
        "title": "联络员",
        "rank": "",
        "began_on": "2026-11-23",
        "holder": "",
        "name": "许二十",
        "username": "liaison_new",
        "password": NEW_PASSWORD,
    }
    return typed | changed


def test_new_person_can_log_in_and_act_the_same_day(client: Client, sysadmin: User, town: Unit) -> None:
    case = case_in(CaseState.NOTIFIED)
    client.force_login(sysadmin)
    answer = client.post(reverse("begin_post", args=[town.pk]), engagement(), follow=True)
    assert "已登记：许二十任蓬江区棠下镇联络员，当天生效。" in answer.content.decode()
    client.logout()
    login = client.post(reverse("login"), {"username": "liaison_new", "password": NEW_PASSWORD})
    assert login.status_code == 302
    assert client.get(reverse("case", args=[case.pk])).url == reverse("password")
    own = {"old_password": NEW_PASSWORD, **dict.fromkeys(("new_password1", "new_password2"), f"{NEW_PASSWORD} 2")}
    client.post(reverse("password"), own)
    assert client.get(reverse("case", args=[case.pk])).status_code == 200


def test_known_person_takes_a_post(client: Client, sysadmin: User, second_officer: User) -> None:
    office = cast.unit(cast.OFFICE)
    client.force_login(sysadmin)
    typed = engagement(kind=PostKind.SUPERVISOR, title="督查员", holder=second_officer.pk)
    typed |= {"name": "", "username": "", "password": ""}
    client.post(reverse("begin_post", args=[office.pk]), typed)
    assert cast.person("second_officer").holds(PostKind.SUPERVISOR)


def test_known_or_new_but_not_both(client: Client, sysadmin: User, town: Unit, second_officer: User) -> None:
    client.force_login(sysadmin)
    answer = client.post(reverse("begin_post", args=[town.pk]), engagement(holder=second_officer.pk))
    assert answer.status_code == 422
    assert "已选择登记过的人员" in answer.content.decode()


def test_refused_engagement_keeps_all_but_the_password(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    typed = engagement(kind=PostKind.PARTY_SECRETARY, title="党委书记", rank="", password="12345678901")
    answer = client.post(reverse("begin_post", args=[town.pk]), typed)
    words = answer.content.decode()
    assert "任职还缺：职级。" in words
    assert "棠下镇党委（党工委）书记现由冯十担任，请先登记其离任。" in words
    assert 'value="许二十"' in words
    assert "12345678901" not in words
    assert not User.objects.filter(name="许二十").exists()


def test_date_that_is_missing_is_shown(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    answer = client.post(reverse("begin_post", args=[town.pk]), engagement(began_on=""))
    assert answer.status_code == 422
    assert "任职日期" in answer.content.decode()
    post = town.posts.first()
    assert client.post(reverse("end_post", args=[post.pk]), {"ended_on": ""}).status_code == 422


def test_who_leaves_loses_the_access_at_once(client: Client, sysadmin: User, liaison: User, town: Unit) -> None:
    case = case_in(CaseState.NOTIFIED)
    post = liaison.posts.get()
    client.force_login(sysadmin)
    assert "立即失去" in client.get(reverse("end_post", args=[post.pk])).content.decode()
    client.post(reverse("end_post", args=[post.pk]), {"ended_on": "2026-11-23"})
    client.force_login(User.objects.get(pk=liaison.pk))
    assert client.get(reverse("case", args=[case.pk])).url.startswith(reverse("login"))
    client.force_login(sysadmin)
    assert client.get(reverse("unit", args=[town.pk])).context["former"] == [post]


def test_post_does_not_end_ahead_of_time(client: Client, sysadmin: User, liaison: User) -> None:
    post = liaison.posts.get()
    client.force_login(sysadmin)
    answer = client.post(reverse("end_post", args=[post.pk]), {"ended_on": "2026-11-24"})
    assert "任职、离任日期不得晚于今天" in answer.content.decode()
    assert Post.objects.get(pk=post.pk).ended_on is None


def test_every_change_is_in_the_record(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    client.post(reverse("begin_post", args=[town.pk]), engagement())
    event = Event.objects.newest_first()[0]
    assert (event.verb, event.actor) == ("begin_post", sysadmin)
    assert NEW_PASSWORD not in str(event.data)


def test_rank_is_asked_where_it_decides(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    words = client.get(reverse("begin_post", args=[town.pk])).content.decode()
    assert "党政主要领导必须填写，据此确定约谈人。" in words
    office = client.get(reverse("begin_post", args=[cast.unit(cast.OFFICE).pk])).content.decode()
    assert Rank.DIVISION.label not in office
