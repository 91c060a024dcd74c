"""Django's PostgreSQL, with one thing to do before each commit."""
