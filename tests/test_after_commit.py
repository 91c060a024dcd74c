"""What fails after a step is kept says nothing against the step: it is done, and what is missing comes by itself."""

import ast
import hashlib
import logging
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in, later, letter_in
from tests.test_house_rules import MODULES
from yuetan.actions.papers.printing import LatePrinting
from yuetan.actions.record.check_records import check_records
from yuetan.after_commit import after_commit, unfinished_work
from yuetan.documents.pdf_store import pdf_bytes, store_pdf
from yuetan.errors import StoredPaperDamaged
from yuetan.models import Document
from yuetan.vocabulary import CaseState, LetterState
