"""Rounds of faults under real steps: what script/faults runs."""
