"""The proof-reader's look at a paper as it stands in HTML, so that every preview is read in the same manner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from yuetan.documents.typesetting.form_pages import GOES_ON, GOES_ON_SHORT
from yuetan.rules.text.proof_reading import Remark, proof_read

TITLE, ADDRESSEE, PEOPLE, IMPRINT, TABLE = "标题", "主送机关", "名单", "版记", "表格"
# What is read of a paper, by element and class; marks, numbers and dates are the system's own.
PARTS = {
    ("h1", "title"): TITLE,
    ("p", "addressee"): ADDRESSEE,
    ("h2", "heading"): "",
    ("p", "text"): "",
    ("p", "people"): PEOPLE,
    ("p", "imprint-names"): IMPRINT,
    ("td", ""): "",
}
LABEL = "th"


class _Parts(HTMLParser):
    """The paragraphs of the body, and by themselves the parts around it and the cells of tables, with their places."""

    def __init__(self) -> None:
        super().__init__()
        self.body: list[tuple[str, str]] = []
        self.others: list[tuple[str, str]] = []
        self._open: tuple[str, str] | None = None
        self._text: list[str] = []
        self._columns: list[str] = []
        self._row: list[str] = []
        self._label = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        names = (dict(attrs).get("class") or "").split()
        if tag == "table":
            self._columns = []
        if tag == "tr":
            self._row, self._label = [], ""
        if self._open is None:
            keys = [(tag, name) for name in names if (tag, name) in PARTS]
            self._open = keys[0] if keys else (tag, "") if tag in {LABEL, "td"} else None
            self._text = []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open is None or tag != self._open[0]:
            return
        text, part = "".join(self._text).strip(), self._open
        self._open = None
        if tag == LABEL:
            self._label = text
            self._columns.append(text)
        elif tag == "td":
            self._cell(text)
        elif PARTS[part]:
            self.others.append((PARTS[part], text))
        else:
            self.body.append((f"正文第{len(self.body) + 1}段", text))

    def _cell(self, text: str) -> None:
        """A cell is named after the head of its row, else after that of its column."""
        self._row.append(text)
        column = self._columns[len(self._row) - 1] if len(self._row) <= len(self._columns) else ""
        label = self._label or column
        place = f"“{label.removesuffix(GOES_ON)}”栏" if label else TABLE
        if (self._label or self._row[0]).endswith((GOES_ON, GOES_ON_SHORT)):
            self._go_on(place, text)
        else:
            self.others.append((place, text))

    def _go_on(self, place: str, text: str) -> None:
        """A row that is higher than its page stands in two, and is read as one."""
        for number, (earlier_place, earlier) in reversed(list(enumerate(self.others))):
            if earlier_place == place:
                self.others[number] = (place, earlier + text)
                return
        self.others.append((place, text))


def remarks_on(html: str, shown: Iterable[Remark] = ()) -> list[Remark]:
    """What may be a slip in a paper, the title and what stands around the body first; nothing for no paper.

    What the page has `shown` already, of the typed text or of another paper with the same words, is left out.
    """
    parts = _Parts()
    parts.feed(html)
    parts.close()
    around = [remark for part in parts.others for remark in proof_read([part])]
    remarks, shown = dict.fromkeys([*around, *proof_read(parts.body)]), list(shown)
    return [remark for remark in remarks if not any(map(remark.is_same_as, shown))]
