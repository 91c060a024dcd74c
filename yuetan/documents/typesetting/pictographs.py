"""Characters that a font may draw and no official paper prints: pictographs, and what a failed reading leaves."""

from __future__ import annotations

REPLACEMENT = 0xFFFD
# Watches and buttons of players; weather, games, dingbats; arrows and stars in colour; cards, faces, flags.
PICTOGRAPHS = (
    range(0x231A, 0x231C),
    range(0x2328, 0x2329),
    range(0x23CF, 0x23D0),
    range(0x23E9, 0x23FB),
    range(0x2600, 0x27C0),
    range(0x2B00, 0x2C00),
    range(0x1F000, 0x1FC00),
)
KEYCAP = 0x20E3
# Of those blocks: the mark between 密级 and its term, signs of GB 2312, and the ticks of a form.
PRINTED = frozenset("★☆☉♀♂☐☑☒✓✔✗✘")


def unprintable_kind(character: str) -> str:
    """What a character is that is never printed, in Chinese; empty for every other."""
    code = ord(character)
    if code == REPLACEMENT:
        return "乱码"
    is_pictograph = code == KEYCAP or any(code in block for block in PICTOGRAPHS)
    return "图形符号" if is_pictograph and character not in PRINTED else ""
