"""Exporting a ledger as a person at a browser does, and reading the file it gives."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.web import browser
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.ledgers.export import BUILDERS


def exported_rows(username: str, ledger: str, query: str = "") -> list[tuple[Any, ...]]:
    """The rows of the file, its head first, by the worker if it is a long one."""
    client = browser(username)
    answer = client.post(f"/ledgers/{ledger}/export/?{query}")
    if answer.status_code == 302:
        while prepare_next(BUILDERS):
            pass
        answer = client.post(f"{answer.url}fetch/")
    assert answer.status_code == 200
    whole = BytesIO(b"".join(answer.streaming_content))
    return list(load_workbook(whole, read_only=True).active.iter_rows(values_only=True))
