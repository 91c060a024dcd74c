"""manage.py render_samples."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import sample_papers


class Command(BaseCommand):
    """Print every kind of paper about nobody, in its usual form and in hard ones; no case is read."""

    help = "按各文种的普通与极端情形打印样张，不读取任何约谈事项"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the PDF files go."""
        parser.add_argument("--out", required=True, type=Path, help="存放样张的目录")

    def handle(self, *args: object, **options: object) -> None:
        """One PDF a sample, named after its kind and form."""
        folder = Path(str(options["out"]))
        folder.mkdir(parents=True, exist_ok=True)
        for name, kind, facts in sample_papers():
            path = folder / f"{name}.pdf"
            path.write_bytes(render_pdf(frozen(kind, facts)))
            self.stdout.write(str(path))
