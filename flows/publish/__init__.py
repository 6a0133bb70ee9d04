"""Publish: a release with its papers, whole or not at all."""
