"""What filters have in common that ask of what the interviewed side never reads."""

from collections.abc import Sequence


class InnerFilter:
    """A filter of something inner, given to its person by `limit_to_rights`.

    The interviewed side is not offered it; the inner side never finds by it what is of a unit in `kept_from` (回避).
    """

    kept_from: Sequence[int] = ()
