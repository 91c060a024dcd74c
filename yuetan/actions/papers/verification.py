"""Counting how often an address asks whether a paper is genuine."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from yuetan.models import VerificationCount
from yuetan.rules.dates import clock

SPAN_SECONDS = 600
MAX_IN_A_SPAN = 20

_COUNT = """
    INSERT INTO yuetan_verificationcount (address, span, questions) VALUES (%s, %s, 1)
    ON CONFLICT (address, span) DO UPDATE SET questions = yuetan_verificationcount.questions + 1 RETURNING questions
"""


@transaction.atomic
def is_within_limit(address: str) -> bool:
    """Count one more question of an address; whether it is still within what one address may ask in ten minutes."""
    span = int(clock.now().timestamp()) // SPAN_SECONDS
    digest = salted_hmac("yuetan.verification", address, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [digest, span])
        row = cursor.fetchone()
    assert row is not None
    if row[0] == 1:
        VerificationCount.objects.filter(span__lt=span).delete()
    return int(row[0]) <= MAX_IN_A_SPAN
