"""The settings of the site as they are, and one address more: the flaws planted to see whether the scanners see any."""

from yuetan.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "site_scan.urls"
