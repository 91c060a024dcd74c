"""The built-in wording of standard paragraphs: written once as version 1; what the office kept since stays."""

from __future__ import annotations

import json
from pathlib import Path

from yuetan.errors import Reason, Refused
from yuetan.models import StandardParagraph
from yuetan.rules.text import variables
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import SLOT_OF, DocumentKind


def load_wording(path: Path) -> int:
    """Load the paragraphs that have no version yet; raises Refused for a file that does not fit the papers."""
    texts = {(DocumentKind(row["kind"]), row["key"]): row["text"] for row in json.loads(path.read_text())}
    odd = sorted(f"{kind}/{key}" for kind, key in texts.keys() ^ SLOT_OF.keys())
    if odd:
        raise Refused(Reason(f"标准段落的内置文字与文书不符：{joined(odd)}。"))
    for place, text in texts.items():
        slot = SLOT_OF[place]
        for finding in variables.problems(text, allowed=slot.variables, needed=slot.needed):
            raise Refused(Reason(f"{slot.name}：{finding.sentence()}"))
    known = set(StandardParagraph.objects.values_list("kind", "key"))
    new = [
        StandardParagraph(kind=kind, key=key, version=1, text=text)
        for (kind, key), text in texts.items()
        if (kind, key) not in known
    ]
    return len(StandardParagraph.objects.bulk_create(new))
