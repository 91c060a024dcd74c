"""manage.py seal 文号 --by 账号 --out 文件: a copy of an issued paper with the seal of the installation."""

import re
from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from yuetan.actions.papers.printing import record_printing
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.documents.seal import NoPlaceForSeal, seal_paper
from yuetan.errors import NotYours
from yuetan.models import Document, User
from yuetan.vocabulary import PrintMethod
from yuetan.vocabulary.naming import in_names

NUMBER = re.compile(r"(?P<prefix>.+)〔(?P<year>\d{4})〕(?P<serial>\d+)号")


class Command(BaseCommand):
    """Writes a sealed copy beside the stored PDF, which stays as it is; it goes into the print log."""

    help = "把一份已印发、须盖章的文书加盖本单位配置的电子印章，另存为一个文件，并记入打印记录；所存的PDF不变"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which paper, who takes it out, and to where."""
        parser.add_argument("number", help=in_names("文号，如 {sample_number}"))
        parser.add_argument("--by", required=True, help="取出文书的人员账号")
        parser.add_argument("--out", required=True, type=Path, help="另存的文件")

    def handle(self, *args: object, **options: object) -> None:
        """Seal, write down who took it out, write the file; raises CommandError in one sentence otherwise."""
        document, person = _document(str(options["number"])), _person(str(options["by"]))
        try:
            sealed = seal_paper(document, pdf_bytes(document))
            record_printing([document], by=person, method=PrintMethod.DOWNLOAD)
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from problem
        except NoPlaceForSeal as problem:
            raise CommandError(f"{document.number}上没有成文日期“{problem}”，不知道印章盖在哪里。") from problem
        except NotYours as problem:
            raise CommandError(f"{person.name}不能查看{document.number}。") from problem
        Path(str(options["out"])).write_bytes(sealed)
        self.stdout.write(f"{document.number}已加盖电子印章：{options['out']}")


def _document(number: str) -> Document:
    parts = NUMBER.fullmatch(number)
    document = Document.objects.filter(**parts.groupdict(), is_earlier=False).first() if parts else None
    if document is None:
        raise CommandError(f"没有文号为“{number}”的文书。")
    if not document.needs_scan:
        raise CommandError(f"{number}是不盖章的文种，或者已不再有效。")
    return document


def _person(username: str) -> User:
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"没有账号“{username}”。")
    return person
