"""What can stop a step, so that every layer names it the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Reason:
    """One sentence a clerk understands, and the form field it is about ("" for none).

    `further_fields` are those that the same sentence is about: each is marked, and the sentence said once.
    """

    text: str
    field: str = ""
    further_fields: tuple[str, ...] = ()


class Refused(Exception):  # noqa: N818 - the word the field uses
    """A step the rules do not allow; each reason says what is missing and by which article."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reason.text for reason in reasons))


class StateChanged(Exception):  # noqa: N818 - a fact, not a fault
    """A step was taken on the case meanwhile: by whom (name and post), when, and which.

    `is_own`: by the same person, who came back to a page of before. `draft_values` is what the person had typed
    (label and words), so that it can be copied.
    """

    draft_values: Sequence[tuple[str, str]] = ()

    def __init__(self, *, who: str, when: datetime | None, what: str, is_own: bool = False) -> None:
        self.who, self.when, self.what, self.is_own = who, when, what, is_own
        super().__init__(f"{who} {what}")


class NotYours(Exception):  # noqa: N818 - a fact, not a fault
    """The person may see the object but this step is not theirs."""


class MustAuthenticateAgain(Exception):  # noqa: N818 - a fact, not a fault
    """Who is logged in must show once more that it is they; `wait` where they have tried too often."""

    def __init__(self, wait: timedelta | None = None, *, is_refused: bool = False) -> None:
        self.wait, self.is_refused = wait, is_refused
        super().__init__("authenticate again")


class StoredPaperDamaged(Exception):  # noqa: N818 - a fact, not a fault
    """The stored file of an issued paper is gone or is not the one that was stored: it must not be served."""

    def __init__(self, number: str, problem: str) -> None:
        self.number, self.problem = number, problem
        super().__init__(f"{number}：{problem}")


class StoredFileMissing(Exception):  # noqa: N818 - a fact, not a fault
    """A stored file that a row keeps is not in its place; the text is its name in the store."""


class BackupDamaged(Exception):  # noqa: N818 - a fact, not a fault
    """A backup that is cut off, was changed, or is for the key of somebody else: nothing is restored from it."""


class BackupFailed(Exception):  # noqa: N818 - a fact, not a fault
    """A backup that is not whole, in one sentence for the administrator: what is missing, and what to do."""
