"""What an office calls itself, its leading body and their posts: `names.json` of its pack, or else the usual words.

It is read once, when the program starts: what is called how is a matter of the installation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE = "names.json"
OWN_NAMES = ("site", "the_office", "sample_number", "lead_matter", "procedure")


def _facts_of_pack() -> Mapping[str, object]:
    path = settings.PACK / FILE
    try:
        facts: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"YUETAN_PACK：读不出 {path}，格式见 docs/regulations.md。") from error
    if not isinstance(facts, dict) or (missing := [name for name in OWN_NAMES if not facts.get(name)]):
        raise ImproperlyConfigured(f"YUETAN_PACK：{path} 缺少 {missing if isinstance(facts, dict) else OWN_NAMES}。")
    return facts


_FACTS = _facts_of_pack()


def own_name(key: str) -> str:
    """One of OWN_NAMES."""
    return str(_FACTS[key])


def called(choices: str, value: str, usual: str) -> str:
    """The label of one of the choices that a pack may call otherwise."""
    labels = _FACTS.get("labels")
    of_choices = labels.get(choices) if isinstance(labels, dict) else None
    return str(of_choices.get(value, usual)) if isinstance(of_choices, dict) else usual
