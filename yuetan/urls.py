"""Every address."""

from django.urls import path

urlpatterns: list = []
