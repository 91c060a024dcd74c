"""三书一函: which letter repeats an earlier one is what the letters say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import ReceivedLetter
from yuetan.models.received.repeats import last_before
from yuetan.vocabulary import RecordKind

CHUNK = 500


def check_received() -> Iterator[Disagreement]:
    """Every letter that stands with another day of the last one before it than there is."""
    in_force = ReceivedLetter.objects.in_force()
    known = in_force.annotate(wanted=last_before(in_force)).order_by("pk")
    lacks = Q(repeats_on__isnull=True, wanted__isnull=False) | Q(repeats_on__isnull=False, wanted__isnull=True)
    differs = Q(wanted__lt=F("repeats_on")) | Q(wanted__gt=F("repeats_on"))
    for letter in known.filter(lacks | differs).iterator(chunk_size=CHUNK):
        yield Disagreement(RecordKind.TALLY, str(letter), "所计的重复事项与登记的来函不一致")
