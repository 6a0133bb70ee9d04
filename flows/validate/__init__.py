"""Validate: what must hold in each table and across them, and the rows that break it."""
