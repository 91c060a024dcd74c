"""The sentences of refusals, a module for each room: a code and what a clerk reads."""
