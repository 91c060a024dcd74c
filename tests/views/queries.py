"""What a page asks of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def statements_of(client: Client, address: str) -> list[str]:
    """The statements of one GET that is answered."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        assert answer.status_code == 200
        b"".join(answer)  # to its end, which closes a file
    return [query["sql"] for query in captured]


def queries_of(client: Client, address: str) -> int:
    """How many they are."""
    return len(statements_of(client, address))
