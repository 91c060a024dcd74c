"""How a form that was sent becomes a step: files examined, the subject held, the step taken, its draft cleared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from yuetan.actions.drafts.drafts import clear_draft, locked_case
from yuetan.actions.files.attachment import Examination, examine_each
from yuetan.actions.step import delete_files
from yuetan.models import Case, DraftKey, Subject, User
from yuetan.models.files.stored_file import StoredFile
from yuetan.models.rectification.task_origin import HandsOutTasks

Result = TypeVar("Result", bound=Subject)


@dataclass
class PostedForm:
    """A form that was sent, while nobody else can change what it is about."""

    examined: Mapping[UploadedFile, Examination]
    stored_files: list[StoredFile] = field(default_factory=list)

    def take(
        self, action: Callable[..., Result], *subject: object, draft: DraftKey, by: User, **keywords: object
    ) -> Result:
        """Take a step with what the form holds and drop the draft that is in it now; raises what the action raises."""
        result = action(*subject, by=by, **self._with_examined(keywords))
        self.stored_files += result.stored_files
        clear_draft(draft)
        return result

    def _with_examined(self, value: Any) -> Any:
        """A value of the form with every uploaded file replaced by what came of examining it."""
        if isinstance(value, UploadedFile):
            return self.examined.get(value, value)
        if isinstance(value, dict):
            return {key: self._with_examined(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._with_examined(each) for each in value]
        return value


@contextmanager
def posted_form(
    case_id: UUID | None, *, by: User, files: Iterable[UploadedFile] = (), of: type[HandsOutTasks] = Case
) -> Iterator[PostedForm]:
    """Hold a case, or while there is none the person, for one form; all of what happens inside is kept, or nothing.

    `of` says whose key it is. The files are examined before anything is held, for a scanner may take its time; one
    that is not accepted raises nothing here, but Refused when the action keeps it. What is read of the case must be
    read inside. Files that were stored inside are deleted if anything inside fails.
    """
    posted = PostedForm(examine_each(files))
    try:
        with locked_case(case_id, by=by, of=of):
            yield posted
    except BaseException:
        delete_files(posted.stored_files)
        raise
