"""Changes one spot of the code at a time and sees whether a test notices."""
