"""Every address of the site, and the planted one."""

from django.urls import path

from site_scan.planted import planted
from yuetan.urls import *  # noqa: F403 - its pages of errors too
from yuetan.urls import urlpatterns as of_the_site

urlpatterns = [path("planted/", planted), *of_the_site]
