"""Variables such as {单位} in a standard paragraph: names out of a list, and no other language."""

import re
from collections.abc import Collection, Iterator, Mapping

from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined

VARIABLE = re.compile(r"\{([^{}｛｝\n]*)\}")
STRAY = re.compile(r".{0,6}[{}｛｝].{0,6}")
MAX_CHARACTERS = 1000


def problems(text: str, *, allowed: Collection[str], needed: Collection[str]) -> Iterator[Finding]:
    """The problems of a paragraph, each naming its variable."""
    if not text.strip():
        yield finding("wording_empty", "text")
        return
    if "\n" in text:
        yield finding("wording_several_paragraphs", "text")
    if len(text) > MAX_CHARACTERS:
        yield finding("wording_too_long", "text", most=MAX_CHARACTERS)
    used = VARIABLE.findall(text)
    for name in dict.fromkeys(name for name in used if name not in allowed):
        yield finding("wording_unknown_variable", "text", name=f"{{{name}}}", allowed=_shown(allowed))
    stray = STRAY.search(VARIABLE.sub("", text))
    if stray:
        yield finding("wording_malformed_variable", "text", part=stray.group())
    missing = [name for name in needed if name not in used]
    if missing:
        yield finding("wording_needed_variable", "text", missing=_shown(missing))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The paragraph with the values in place; raises KeyError for a variable that has none.

    An empty value takes the comma after it along, and what leads it in (依据); two full stops become one.
    """
    written = VARIABLE.sub(lambda match: values[match[1]] or _NOTHING, text)
    written = re.sub(f"(?:依据|根据|按照)?{_NOTHING}，?", "", written)
    return re.sub("([。！？…])。", r"\1", written)


_NOTHING = "\0"  # no text has it: everything typed is cleaned of control characters


def _shown(names: Collection[str]) -> str:
    return joined(f"{{{name}}}" for name in names)
