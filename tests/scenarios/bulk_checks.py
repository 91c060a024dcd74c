"""What is asked of whatever bulk data wrote."""

from collections.abc import Iterable

from benchmark.measured_page import MeasuredPage
from django.db import connection
from django.test import Client

from tests.views.queries import queries_of
from tests.web import BACKEND
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.verify_record import verify_record
from yuetan.models import User
from yuetan.sealing import seal_transaction


def is_whole() -> None:
    """Nothing in the records says otherwise than anything else, and every row is as it was sealed."""
    assert [str(each) for each in disagreements()] == []
    with connection.cursor() as cursor:
        seal_transaction(cursor.cursor)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert verify_record().first_fault == ""


def statements_of(pages: Iterable[MeasuredPage]) -> dict[tuple[str, str], int]:
    """How many statements each of these pages takes now."""
    client, counted = Client(), {}
    for page in pages:
        client.force_login(User.objects.get(username=page.who), backend=BACKEND)
        client.get(page.address)
        counted[page.name, page.who] = queries_of(client, page.address)
    return counted
