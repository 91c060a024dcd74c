"""What a notice may not leave out: the parts of the interview it announces, the headings of the written material."""

from __future__ import annotations

# Each part of an interview with the words by which a procedure names it.
PROCEDURE_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("约谈方说明约谈事由和目的、通报存在的问题", ("事由", "通报", "问题")),
    ("被约谈方陈述说明、提出拟采取的整改措施", ("陈述",)),
    ("讨论分析，确定整改措施及时限", ("讨论", "措施")),
    ("形成约谈纪要", ("纪要",)),
)
MATERIAL_HEADINGS = ("基本情况", "存在问题", "原因分析", "整改措施")


def missing_parts(procedure: str) -> list[str]:
    """The parts of an interview that a procedure does not name."""
    return [part for part, words in PROCEDURE_PARTS if any(word not in procedure for word in words)]


def missing_headings(materials: str) -> list[str]:
    """The headings of the written material that a notice does not ask for."""
    return [heading for heading in MATERIAL_HEADINGS if heading not in materials]
