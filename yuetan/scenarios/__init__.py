"""Callers of actions that tell whole stories: the demonstration, bulk data to measure with, and every test."""
