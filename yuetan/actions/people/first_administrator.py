"""What is done on the machine itself: the first system administrator, and letting one in again who is locked out."""

from __future__ import annotations

from django.db import transaction

from yuetan import grants
from yuetan.actions.log_event import log_event
from yuetan.actions.people.account import new_person, second_administrators
from yuetan.actions.people.attempts import forget_attempts_on
from yuetan.actions.people.password import check_password, give_password
from yuetan.actions.people.second_factor import clear_second_factor
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.vocabulary import PostKind, UnitKind


@transaction.atomic
def appoint_system_administrator(*, name: str, username: str, password: str) -> Post:
    """Give an office that has none its 系统管理员; raises Refused if one is in office."""
    current = Post.objects.current().filter(kind=PostKind.SYSTEM_ADMINISTRATOR).select_related("holder", "unit").first()
    office = Unit.objects.get(kind=UnitKind.OFFICE)
    title = PostKind.SYSTEM_ADMINISTRATOR.label
    if current is not None:
        refuse_uncited([finding("post_taken", unit=office.name, post=title, name=current.holder.name)])
    person = new_person(name, username, password, is_initial=False)
    post = Post.objects.create(
        unit=office, holder=person, kind=PostKind.SYSTEM_ADMINISTRATOR, title=title, began_on=clock.today()
    )
    grants.follow_posts(person)
    log_event("begin_post", None, unit=office.name, name=name, title=title)
    return post


@transaction.atomic
def let_in_again(*, username: str, password: str) -> User:
    """重设账号 on the machine itself, where no administrator is left who could do it in the browser.

    The password is an initial one, the second factor is cleared, what was tried is forgotten, and an account that an
    administrator had disabled is enabled. Raises Refused for an unknown account, one without a post, a weak password.
    Effect: the other administrators are alerted; the record.
    """
    person = User.objects.select_for_update().filter(username=username).first()
    if person is None or not person.posts.current().exists():
        refuse_uncited([finding("account_without_post", name=username)])
    assert person is not None
    check_password(password, person)
    person.is_active, person.disabled_for = True, ""
    person.save(update_fields=["is_active", "disabled_for"])
    give_password(person, password, is_initial=True)
    clear_second_factor(person)
    forget_attempts_on(username.lower())
    event = log_event("set_account", None, name=person.name, title=person.title)
    words = f"{person.name}（{person.title}）的账号已在服务器上重设。"
    send_alert(second_administrators(person), key=f"event:{event.pk}", words=words)
    return person
