"""What a 卷宗 says of itself: 卷内目录 (DA/T 22-2015), 备考表, the list of loose files, and all of it as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yuetan.documents.case_file.matter import Matter
from yuetan.documents.case_file.piece import Part, sheet_part, text_part
from yuetan.documents.case_file.written import WrittenPart, WrittenPiece
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.phrases import body_name
from yuetan.models import OfficeSetting, User
from yuetan.models.record.sealed_tables import chain_of
from yuetan.vocabulary import CaseFileSheet, UnitKind

COLUMNS = ("件号", "责任者", "文号", "题名", "日期", "页数", "备注")
WIDTHS = (8, 30, 26, 60, 12, 8, 24)
ARRANGED = (
    "以件为单位、按形成时间先后排列；一件之内，正文在前、附件在后，来文在前、复文在后，"
    "盖章扫描件、回执随正文。办理过程记录排在最后。"
)


@dataclass(frozen=True)
class CaseFileFacts:
    """What it is of, its pieces as they were written, and the seals of its record."""

    matter: Matter
    pieces: Sequence[WrittenPiece]
    made_by: User
    made_at: str
    seals: int
    last_seal: str

    @property
    def head(self) -> list[tuple[str, str]]:
        """By what archives put it in its place: 全宗号, 归档年度, 保管期限, 机构."""
        ended_on = self.matter.ended_on
        return [
            ("全宗号", OfficeSetting.objects.words("archive_fonds")),
            ("归档年度", str(ended_on.year) if ended_on else ""),
            ("保管期限", self.matter.retention),
            ("机构", body_name(UnitKind.OFFICE)),
        ]

    @property
    def pages(self) -> int:
        """How many pages all pieces have."""
        return sum(piece.pages for piece in self.pieces)

    @property
    def loose(self) -> list[tuple[WrittenPiece, WrittenPart]]:
        """Files that are no pages, each with its piece."""
        return [(piece, part) for piece in self.pieces for part in piece.loose]

    @property
    def problems(self) -> list[str]:
        """Every file that is not in it, a sentence each."""
        return [f"第 {piece.number} 件：{left}" for piece in self.pieces for left in piece.left_out]


def rows_of_contents(pieces: Sequence[WrittenPiece]) -> list[list[str]]:
    """A row for each piece; a day as archives write it, in eight figures."""
    return [
        [
            str(one.number),
            one.piece.responsible,
            one.piece.document_number,
            one.piece.title,
            f"{one.piece.dated:%Y%m%d}",
            str(one.pages),
            one.remark,
        ]
        for one in pieces
    ]


def contents_sheet(facts: CaseFileFacts) -> Part:
    """卷内目录."""
    title = f"{facts.matter.number}卷内目录"
    head = facts.head
    pairs = [(*head[0], *head[1]), (*head[2], *head[3])]
    sheet: PaperFacts = {"title": title, "pairs": pairs, "columns": list(COLUMNS)}
    return sheet_part("目录", "卷内目录", CaseFileSheet.CONTENTS, sheet | {"cells": rows_of_contents(facts.pieces)})


def note_sheet(facts: CaseFileFacts) -> Part:
    """备考表: what is in it and what is not; who arranged and checked it signs by hand."""
    count = len(facts.pieces)
    loose = f"另有不能按页装订的电子附件{len(facts.loose)}个，见电子附件清单。" if facts.loose else ""
    record = f"办理记录封存链共{facts.seals}条，末条封存值{facts.last_seal}。"
    words = [
        facts.matter.ended,
        f"本卷共{count}件、{facts.pages}页。{loose}",
        ARRANGED,
        record,
        *(facts.problems or ["应装入的文件均已装入。"]),
        f"{facts.made_by.name}（{facts.made_by.title}）于{facts.made_at}取卷，由系统生成。",
    ]
    by_hand = ("整理人", "整理日期", "检查人", "检查日期")
    return text_part(facts.matter, "备考表", [("卷内文件情况说明", "\n".join(words))], role="备考表", by_hand=by_hand)


def loose_sheet(facts: CaseFileFacts) -> Part | None:
    """电子附件清单: what is bound as no page, by name, size and digest; none where all is."""
    if not facts.loose:
        return None
    rows = [
        (f"第{piece.number}件", f"{part.part.role}：{part.part.name}，{part.size}字节\nSHA-256 {part.sha256}")
        for piece, part in facts.loose
    ]
    return text_part(facts.matter, "电子附件清单", rows, role="清单")


def manifest(facts: CaseFileFacts) -> dict[str, object]:
    """All of it as data."""
    matter = facts.matter
    return {
        "format": "yuetan case file 1",
        "kind": matter.label,
        "register_number": matter.number,
        "title": matter.title,
        "unit": matter.unit,
        "archive": dict(facts.head),
        "closed_on": matter.ended_on.isoformat() if matter.ended_on else None,
        "made_at": facts.made_at,
        "made_by": f"{facts.made_by.name}（{facts.made_by.title}）",
        "pages": facts.pages,
        "pieces": [_piece_as_data(piece) for piece in facts.pieces],
        "record": {"chain": chain_of(matter.row), "entries": facts.seals, "last_digest": facts.last_seal},
    }


def _piece_as_data(written: WrittenPiece) -> dict[str, object]:
    piece = written.piece
    return {
        "number": written.number,
        "responsible": piece.responsible,
        "document_number": piece.document_number,
        "title": piece.title,
        "date": piece.dated.isoformat(),
        "pages": written.pages,
        "remark": written.remark,
        "files": [
            {
                "role": part.part.role,
                "name": part.part.name,
                "path": part.path,
                "sha256": part.sha256,
                "size": part.size,
                "pages": part.pages,
            }
            for part in written.parts
        ],
        "left_out": [
            {"name": left.part.name, "sha256": left.part.sha256, "reason": left.reason} for left in written.left_out
        ],
    }
