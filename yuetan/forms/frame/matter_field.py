"""事由, as forms take it: part of a title and of sentences."""

from __future__ import annotations

from yuetan.forms.frame.fields import WordsField
from yuetan.rules.text import official_text


class MatterField(WordsField):
    """事由: no sentence but the part of one and of a title, so that it ends without a full stop."""

    def to_python(self, value: object) -> str:
        """The words without the marks typed after them."""
        return official_text.without_end(super().to_python(value))
