"""What does not happen: a step that is refused stores nothing at all."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from yuetan.actions.people.post_access import follow_posts
from yuetan.errors import NotYours, Refused, StateChanged
from yuetan.models import ChangedRow, Post, Sight, Unit, User
from yuetan.rules.dates import clock

_DIGEST = "SELECT '{table}', count(*), sum(hashtextextended(r::text, 0)) FROM {table} r"
_prepared: WeakSet[object] = WeakSet()  # connections that have planned the statement, which takes most of its time


def everything() -> dict[str, Any]:
    """The number of rows and a digest of every table of ours, in one statement, and every file."""
    with connection.cursor() as cursor:
        if connection.connection not in _prepared:
            _prepare(cursor)
        cursor.execute("EXECUTE everything")
        tables: dict[str, Any] = {table: digest for table, *digest in cursor.fetchall()}
    return tables | {"files": sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())}


def _prepare(cursor: Any) -> None:
    models = set(apps.get_app_config("yuetan").get_models(include_auto_created=True)) - {ChangedRow, Sight}
    tables = sorted(model._meta.db_table for model in models)  # what only notes changes to the others says no more
    digests = " UNION ALL ".join(_DIGEST.format(table=table) for table in tables)
    cursor.execute(f"PREPARE everything AS {digests}")
    _prepared.add(connection.connection)


# What somebody left out, cannot be read, or lies on an impossible day: no rule has to be named for it.
LEFT_OUT = re.compile(
    "尚未(?:填写|写明|选择)|尚无依据|还缺：|(?:的，|销号|结论|安排|更正)须(?:写明|上传)|看不出|看不清|"
    "不得[早晚]于(?:今天|现在)|不得早于开始日期|须在今天以后|须晚于现在"
)


@contextmanager
def nothing_stored() -> Iterator[None]:
    """Whatever happens inside leaves every table and every file as it was."""
    before = everything()
    yield
    assert everything() == before


@contextmanager
def refused_among(*parts: str) -> Iterator[None]:
    """The rules refuse, each of these stands in one of the sentences, and nothing is stored."""
    with nothing_stored(), pytest.raises(Refused) as error:
        yield
    sentences = [reason.text for reason in error.value.reasons]
    assert all(any(part in sentence for sentence in sentences) for part in parts), sentences


@contextmanager
def refused(*sentences: str, field: str | None = None) -> Iterator[None]:
    """The rules refuse with exactly these sentences, and nothing is stored."""
    with nothing_stored(), pytest.raises(Refused) as error:
        yield
    assert [reason.text for reason in error.value.reasons] == list(sentences)
    assert field is None or error.value.reasons[0].field == field


def by_the_office(sentence: str) -> str:
    """The sentence as it is read where the office asks for something; what is only left out is no setting of it."""
    return sentence if sentence.startswith("尚未") or LEFT_OUT.search(sentence) else f"办公室设定：{sentence}"


def too_small(name: str) -> str:
    """The sentence for a picture of 8 × 8 that should show a paper."""
    return f"扫描件“{name}”只有 8×8 像素，看不清；短边至少 600、长边至少 800 像素，请重新扫描。"


@contextmanager
def not_theirs() -> Iterator[None]:
    """The step is somebody else's, and nothing is stored."""
    with nothing_stored(), pytest.raises(NotYours):
        yield


@contextmanager
def too_late() -> Iterator[pytest.ExceptionInfo[StateChanged]]:
    """The case has moved on, and nothing is stored."""
    with nothing_stored(), pytest.raises(StateChanged) as error:
        yield error


def appoint(person: User, unit: Unit, kind: str, title: str, rank: str = "") -> Post:
    """One more post, from today, for somebody known."""
    with transaction.atomic():
        post = Post.objects.create(unit=unit, holder=person, kind=kind, title=title, rank=rank, began_on=clock.today())
        follow_posts(person, by=person)
    return post
