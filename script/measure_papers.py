"""Papers measured clause by clause of GB/T 9704-2012: script/measure_papers.py FOLDER…, a column for each folder.

`manage.py render_samples --out DIR` makes the samples; a batch download of 文书 gives the issued ones. Run it with
the fonts and the settings of the installation.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from tests.documents.paper_clauses import PrintedPaper, measured, table  # noqa: E402


def papers_in(folder: Path) -> list[PrintedPaper]:
    """The papers of a folder but for the forms, which the standard says nothing of."""
    papers = [PrintedPaper(path.stem, path.read_bytes()) for path in sorted(folder.glob("*.pdf"))]
    return [paper for paper in papers if paper.is_annex or paper.number_or_none]


def main() -> None:
    """Print the table, and below it what is wrong where."""
    columns = {folder: measured(papers_in(Path(folder))) for folder in sys.argv[1:]}
    sys.stdout.write(table(columns) + "\n")
    for folder, results in columns.items():
        for fault in dict.fromkeys(fault for result in results for fault in result.faults):
            sys.stdout.write(f"{folder} {fault}\n")


if __name__ == "__main__":
    main()
