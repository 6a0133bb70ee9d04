"""Normalize: from wreckage to the speech as given, with every change on record."""
