"""Forms: the fields of a form are the keywords of its action."""
