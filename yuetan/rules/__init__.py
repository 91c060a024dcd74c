"""What the regulations mean: pure functions that know neither Django nor the database."""
