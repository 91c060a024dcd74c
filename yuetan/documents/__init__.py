"""Official papers: what they say (content), when it is fixed (issue), how it is printed (pdf)."""
