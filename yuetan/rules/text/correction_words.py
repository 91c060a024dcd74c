"""What a correction changed, in words: 姓名由“张一”更正为“张乙”；职务由“……”更正为“……”."""

from __future__ import annotations

from collections.abc import Callable, Mapping

NOTHING = "（空）"  # what is read where nothing was entered


def correction_words(
    labels: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str], shown: Callable[[str, str], str]
) -> str:
    """Each entry that differs, by its label and in its order; `shown(name, value)` gives its words."""
    changes = [name for name in labels if before[name] != after[name]]
    return "；".join(
        f"{labels[name]}由“{shown(name, before[name]) or NOTHING}”更正为“{shown(name, after[name]) or NOTHING}”"
        for name in changes
    )
