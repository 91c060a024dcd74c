"""Plain samples of every paper, for tests, pictures and measurements of the press."""
