"""签收 of what 会议 and 督导 send, as rows keep it in columns of one beginning: by a person here, or on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from yuetan.rules.text.official_text import signed_moment

if TYPE_CHECKING:
    from yuetan.models.people.user import User

RECEIVED, OPINION_RECEIVED = "received", "opinion_received"  # what the columns begin with


@dataclass(frozen=True)
class SignedFor:
    """Who took a paper, by the post held then: `by` in the system, or `name` on a receipt of paper (纸质回执), of which
    the day alone is known."""

    by: User | None
    name: str
    title: str
    at: datetime

    @property
    def is_of_paper(self) -> bool:
        """纸质回执: signed by hand, and registered by the office with its scan."""
        return self.by is None

    @property
    def signer(self) -> str:
        """The name of who signed."""
        return self.by.name if self.by is not None else self.name

    @property
    def moment(self) -> str:
        """2026年11月23日 09:30; of a receipt of paper the day alone."""
        return signed_moment(self.at, is_of_paper=self.is_of_paper)

    @property
    def how(self) -> str:
        """（纸质回执）; empty for what was signed for in the system."""
        return "（纸质回执）" if self.is_of_paper else ""

    @property
    def words(self) -> str:
        """党政办公室主任张三，2026年11月23日签收（纸质回执）."""
        return f"{self.title}{self.signer}，{self.moment}签收{self.how}"

    def keep_in(self, row: object, beginning: str = RECEIVED) -> None:
        """Let the row say so in its columns that begin like this; it is to be saved."""
        stated = {"by": self.by, "name": self.name, "title": self.title, "at": self.at}
        for column, value in stated.items():
            setattr(row, f"{beginning}_{column}", value)


def signed_for(row: object, beginning: str = RECEIVED) -> SignedFor | None:
    """Who signed, as the columns of the row say that begin like this; None where nobody did."""
    at = getattr(row, f"{beginning}_at")
    if at is None:
        return None
    by, name, title = (getattr(row, f"{beginning}_{column}") for column in ("by", "name", "title"))
    return SignedFor(by, name, title, at)


def forget_signature(row: object, beginning: str) -> None:
    """Let the row say that nobody has signed; it is to be saved."""
    for column, value in {"by": None, "name": "", "title": "", "at": None}.items():
        setattr(row, f"{beginning}_{column}", value)


def signed_whole(beginning: str = RECEIVED) -> Q:
    """That a row says nothing of it, or when and by whom: a person, or a name on paper."""
    by, name, at = (f"{beginning}_{column}" for column in ("by", "name", "at"))
    nothing = Q(**{by: None, name: "", at: None, f"{beginning}_title": ""})
    return nothing | Q(**{f"{at}__isnull": False}) & (Q(**{f"{by}__isnull": False}) ^ ~Q(**{name: ""}))
