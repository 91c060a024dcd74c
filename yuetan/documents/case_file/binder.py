"""A program of its own that counts the pages of files and binds them into one PDF, bounded in memory.

`python -I binder.py count` reads [[path, kind], …] and writes [pages or null, …]. `python -I binder.py bind` reads
{"target", "title", "bookmarks": [{"title", "path", "kind", "inside"}]} and writes {"pages", "unbound": [path, …]}.
JSON goes in and out by standard input and output. Pages are copied from file to file when the target is written, so
that a thousand take no more memory than ten.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from pikepdf import AccessMode, Job, OutlineItem, Page, Pdf, Rectangle
from PIL import Image, ImageOps

MEMORY_BYTES = 2 * 1024**3
PROCESSOR_SECONDS = 900
A4 = (595, 842)  # points
MARGIN = 28
DOTS = (2480, 3508)  # of A4 at 300 to the inch: a picture is bound no finer
PICTURES = ("jpg", "png")
QUALITY = 85


def count(path: str, kind: str) -> int | None:
    """How many pages a file has when it is bound; None for what cannot be."""
    try:
        if kind in PICTURES:
            with Image.open(path):
                return 1
        if kind == "pdf":
            with Pdf.open(path, access_mode=AccessMode.stream) as pdf:
                return len(pdf.pages)
    except Exception:  # noqa: BLE001 - whatever a stranger's file does to the reader, it is a file that is not bound
        return None
    return None


class Bookmark(TypedDict):
    """An entry of the table of contents: the file behind it, if any, and others under it."""

    title: str
    path: str
    kind: str
    inside: list[Bookmark]


class Order(TypedDict):
    """What to bind, under which title, and into which file."""

    target: str
    title: str
    bookmarks: list[Bookmark]


class Binder:
    """The files whose pages are bound, in their order, and at which page each begins."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.files: list[str] = []
        self.pages = 0
        self.unbound: list[str] = []

    def entry(self, bookmark: Bookmark) -> OutlineItem:
        """Append the pages behind a bookmark and of those under it; it leads to the first of them."""
        first = self.pages
        if bookmark["path"]:
            self.append(bookmark["path"], bookmark["kind"])
        inside = [self.entry(each) for each in bookmark["inside"]]
        item = OutlineItem(bookmark["title"], first) if first < self.pages else OutlineItem(bookmark["title"])
        item.children.extend(inside)
        return item

    def append(self, path: str, kind: str) -> None:
        """Append the pages of a file; one that cannot be read, or not be copied, is named."""
        try:
            file = self.page_of_picture(path) if kind in PICTURES else path
            with Pdf.open(file, access_mode=AccessMode.stream) as pdf:
                pages = len(pdf.pages)
            if kind == "pdf":
                _copy_pages([file], self.scratch / "tried.pdf")
        except Exception:  # noqa: BLE001 - as above
            self.unbound.append(path)
            return
        self.files.append(file)
        self.pages += pages

    def page_of_picture(self, path: str) -> str:
        """A picture in the middle of a page of A4, no finer than that can be printed, as a file."""
        with Image.open(path) as image:
            image.draft("RGB", DOTS)
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail(DOTS)
            drawn, shown = BytesIO(), _on_white(turned)
            fine = {} if shown.mode == "1" else {"quality": QUALITY}
            shown.save(drawn, "PDF", resolution=300, **fine)
        with Pdf.open(drawn) as own, Pdf.new() as page:
            page.add_blank_page(page_size=A4)
            room = Rectangle(MARGIN, MARGIN, A4[0] - MARGIN, A4[1] - MARGIN)
            Page(page.pages[0]).add_overlay(own.pages[0], room)
            target = self.scratch / f"picture-{len(self.files)}.pdf"
            page.save(target)
        return str(target)


def _copy_pages(files: list[str], target: Path) -> None:
    """All pages of some files into one, read and written piece by piece."""
    Job(["pikepdf", "--empty", "--pages", *files, "--", str(target)]).run()


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, which the PDF of a picture cannot have."""
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode in ("I;16", "I"):
        return image.convert("L")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")


def bind(order: Order) -> dict[str, object]:
    """Write the bound PDF; says how many pages it has and which files could not be read."""
    with TemporaryDirectory(dir=Path(order["target"]).parent) as name:
        scratch = Path(name)
        binder = Binder(scratch)
        entries = [binder.entry(bookmark) for bookmark in order["bookmarks"]]
        _copy_pages(binder.files, scratch / "copied.pdf")
        with Pdf.open(scratch / "copied.pdf", access_mode=AccessMode.stream) as whole:
            with whole.open_outline() as outline:
                outline.root.extend(entries)
            whole.docinfo["/Title"] = order["title"]
            whole.save(order["target"])
    return {"pages": binder.pages, "unbound": binder.unbound}


def main(command: str) -> None:
    """Bound this process, then read what strangers wrote."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.loads(sys.stdin.read())
    answer = [count(*each) for each in order] if command == "count" else bind(order)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
