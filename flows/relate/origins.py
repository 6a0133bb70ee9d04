"""Origins: which source a speech is counted for, where it is asked over how many sources wording is spread."""
from __future__ import annotations

import polars as pl

NAMED_BY = ("source_name", "source_url", "source_path")
_HOST = r"^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@\s]*@)?(?:[Ww]{3}\.)?([^/?#:\s]+)"
_FOLDER = r"^([^#]*)/"


def source() -> pl.Expr:
    """The source of a speech, from the columns NAMED_BY: the site or publication that the document names, else the host of its address
    (without www.), else the folder of its file, "" for the raw folder itself.

    Never the file or the record: a crawl of one site in a thousand files, or in one file of a thousand records, would be as wide-spread as
    a thousand sites.
    """
    return pl.coalesce(pl.col("source_name"), pl.col("source_url").str.extract(_HOST).str.to_lowercase(),
                       pl.col("source_path").str.extract(_FOLDER), pl.lit(""))
