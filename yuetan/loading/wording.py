"""The built-in wording of standard paragraphs: a better one is a new version; what the office kept itself stays."""

from __future__ import annotations

import json
from pathlib import Path

from yuetan.errors import Reason, Refused
from yuetan.models import StandardParagraph
from yuetan.rules.text import variables
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import SLOT_OF, DocumentKind


def load_wording(path: Path) -> int:
    """Write the paragraphs that have no version yet, or whose holding version is built in and reads otherwise.

    Raises Refused for a file that does not fit the papers.
    """
    texts = {(DocumentKind(row["kind"]), row["key"]): row["text"] for row in json.loads(path.read_text())}
    odd = sorted(f"{kind}/{key}" for kind, key in texts.keys() ^ SLOT_OF.keys())
    if odd:
        raise Refused(Reason(f"标准段落的内置文字与文书不符：{joined(odd)}。"))
    for place, text in texts.items():
        slot = SLOT_OF[place]
        for finding in variables.problems(text, allowed=slot.variables, needed=slot.needed):
            raise Refused(Reason(f"{slot.name}：{finding.sentence()}"))
    holding = {(row.kind, row.key): row for row in StandardParagraph.objects.holding()}
    new = [
        StandardParagraph(kind=kind, key=key, version=1 if row is None else row.version + 1, text=text)
        for (kind, key), text in texts.items()
        if (row := holding.get((kind, key))) is None or (row.kept_by_id is None and row.text != text)
    ]
    return len(StandardParagraph.objects.bulk_create(new))
