"""Rounds of faults under real steps: what script/faults runs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")
django.setup()
