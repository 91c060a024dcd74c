"""No kind of kept file is forgotten: each is looked into for viruses, and each has its addresses."""

from yuetan.actions.files.rescan_files import OF_NO_CASE
from yuetan.models import Attachment, Scan
from yuetan.models.files.stored_file import StoredFile
from yuetan.views.frame.file_links import ADDRESSES


def test_every_kind_of_file_is_scanned_and_shown():
    kinds = set(StoredFile.__subclasses__())
    assert kinds == {Attachment, Scan, *OF_NO_CASE}
    assert kinds == set(ADDRESSES)
