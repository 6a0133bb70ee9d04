"""Ingest: open whatever people have, decode it, tell speeches from the rest."""
