"""Printing measured: seconds a document cold and warm, many mixed ones, memory, beside WeasyPrint alone."""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")

import django

django.setup()

from weasyprint import HTML  # noqa: E402

from yuetan.documents.freezing import frozen  # noqa: E402
from yuetan.documents.pdf import render_pdf  # noqa: E402
from yuetan.documents.samples.papers import sample_papers  # noqa: E402

ROUNDS = 7


def report(figure: str, value: object, unit: str) -> None:
    """One line for a machine."""
    sys.stdout.write(json.dumps({"figure": figure, "value": value, "unit": unit}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def seconds(perform: Callable[[], object]) -> float:
    """How long an act takes."""
    begun = time.perf_counter()
    perform()
    return time.perf_counter() - begun


def peak_megabytes() -> float:
    """The most memory this process has held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def one() -> None:
    """A process that prints one document and says how long that took and how much memory."""
    kind, facts = next((kind, facts) for name, kind, facts in sample_papers() if name == "interview_notice-normal")
    took = seconds(lambda: render_pdf(frozen(kind, facts)))
    sys.stdout.write(json.dumps({"seconds": took, "megabytes": peak_megabytes()}))


def bare(html: str) -> bytes:
    """The same HTML by WeasyPrint with nothing of ours around it: the limit."""
    return HTML(string=html).write_pdf(pdf_variant="pdf/a-3u", pdf_tags=True)


def cold() -> None:
    """The first document of a fresh process, and of a whole process with its start."""
    begun = time.perf_counter()
    command = [sys.executable, __file__, "--one"]
    measured = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    report("whole process for one document", round(time.perf_counter() - begun, 3), "s")
    report("first document of a process", round(measured["seconds"], 3), "s")
    report("peak memory of that process", measured["megabytes"], "MB")


def warm() -> None:
    """Every sample, warm: freezing and printing, beside WeasyPrint alone on the same HTML."""
    for name, kind, facts in sample_papers():
        if not name.endswith(("-normal", "-hard")):
            continue
        html = frozen(kind, facts)
        render_pdf(html)
        ours = statistics.median(seconds(lambda: render_pdf(frozen(kind, facts))) for _ in range(ROUNDS))  # noqa: B023
        alone = statistics.median(seconds(lambda: bare(html)) for _ in range(3))  # noqa: B023
        report(f"warm: {name}", round(ours, 3), "s")
        report(f"bare WeasyPrint: {name}", round(alone, 3), "s")


def many(count: int) -> None:
    """Mixed documents one after the other in one process."""
    mixed = list(
        islice(cycle((kind, facts) for name, kind, facts in sample_papers() if name.endswith("-normal")), count)
    )
    took = seconds(lambda: [render_pdf(frozen(kind, facts)) for kind, facts in mixed])
    report(f"{count} mixed documents", round(took, 2), "s")
    report("seconds a mixed document", round(took / count, 3), "s")
    report("peak memory with them", peak_megabytes(), "MB")


def main() -> None:
    """Figures in the order in which nothing warms up for the next."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--one", action="store_true")
    asked = parser.parse_args()
    if asked.one:
        one()
        return
    cold()
    many(200 if asked.full else 20)
    warm()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    report("LibreOffice on the DOCX", "not measured" if office else "not installed", "")


if __name__ == "__main__":
    main()
