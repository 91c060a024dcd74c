"""How lines of papers turn out: script/measure_lines.py, with the fonts and the settings of the installation."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from tests.documents.typesetting.paper_like_texts import counted, dense_paragraphs, standard_paragraphs  # noqa: E402


def main() -> None:
    """Print what is counted of both sets of paragraphs, and how long it took."""
    for name, texts in (("standard", standard_paragraphs()), ("dense", dense_paragraphs())):
        begun = process_time()
        sums = asdict(counted(texts))
        words = " ".join(
            f"{key}={value:.2f}" if isinstance(value, float) else f"{key}={value}" for key, value in sums.items()
        )
        sys.stdout.write(f"{name}: {words} milliseconds={(process_time() - begun) / sums['full'] * 1000:.2f}\n")


if __name__ == "__main__":
    main()
