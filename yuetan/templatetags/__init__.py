"""Template filters for official words and dates."""
