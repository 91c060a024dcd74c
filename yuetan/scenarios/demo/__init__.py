"""The demonstration: fictitious people and cases in every state."""
