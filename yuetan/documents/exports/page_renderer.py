"""A program of its own that draws one page of an uploaded PDF, bounded in time and memory: PDF in, JPEG out.

`python -I page_renderer.py count < a.pdf` prints how many pages there are, `… page 3 < a.pdf` the third page's JPEG.
"""

import resource
import sys

import pypdfium2

MEMORY_BYTES = 2 * 1024**3
PROCESSOR_SECONDS = 15
WIDTH_PIXELS = 1240  # A4 at 150 dpi
HEIGHT_PIXELS = 3 * WIDTH_PIXELS
QUALITY = 85


def draw(document: pypdfium2.PdfDocument, number: int) -> None:
    """Write one page to standard output; the first is number 1."""
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(WIDTH_PIXELS / width, HEIGHT_PIXELS / height)
    page.render(scale=scale).to_pil().convert("RGB").save(sys.stdout.buffer, "JPEG", quality=QUALITY)


def main(command: str, *number: str) -> None:
    """Bound this process, then read what a stranger wrote."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if command == "count":
        sys.stdout.write(str(len(document)))
    else:
        document.init_forms()
        draw(document, int(number[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
