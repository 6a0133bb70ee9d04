"""Jianghua: scraped Chinese official speeches into a dataset that people trust."""
