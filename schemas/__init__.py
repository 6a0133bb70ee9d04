"""What must come out: every published table, declared once."""
from schemas.documents import DOCUMENTS
from schemas.edits import EDITS
from schemas.lexicon import LEXICON
from schemas.passages import PASSAGES
from schemas.phrases import PHRASES
from schemas.rejects import REJECTS
from schemas.sections import SECTIONS
from schemas.speeches import SPEECHES
from schemas.table import Column, Link, Table

SCHEMA_VERSION = "1.1.0"
TABLES: dict[str, Table] = {table.name: table for table in (
    DOCUMENTS, SPEECHES, SECTIONS, PHRASES, LEXICON, PASSAGES, EDITS, REJECTS)}

__all__ = [
    "DOCUMENTS",
    "EDITS",
    "LEXICON",
    "PASSAGES",
    "PHRASES",
    "REJECTS",
    "SCHEMA_VERSION",
    "SECTIONS",
    "SPEECHES",
    "TABLES",
    "Column",
    "Link",
    "Table",
]
