"""Segment: the outline of a speech and the phrases in it."""
