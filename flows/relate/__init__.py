"""Relate: what holds between speeches: duplicates, shared passages, set wording, the lexicon."""
