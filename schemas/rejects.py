"""One row per input that could not be opened or decoded at all."""
from schemas.table import Column, Table

STAGES = ("ingest", "normalize", "segment", "relate", "validate")
REJECT_REASONS = (
    "empty", "unreadable", "not_a_file", "link_out_of_folder", "too_large", "undecodable", "binary", "broken_container", "encrypted",
    "archive_limit", "archive_path", "no_text_column", "bad_record", "unsupported", "failed",
)

REJECTS = Table(
    name="rejects",
    english="One row per input that could not be opened or decoded, or that a stage failed on.",
    chinese="无法打开、无法解码或某阶段处理失败的输入一行。",
    key=("source_path", "stage", "reason", "detail"),
    order=("source_path", "stage", "reason", "detail"),
    columns=(
        Column("source_path", "string", "As in documents.", "同 documents。"),
        Column("stage", "string", "The stage that gave it up.", "放弃它的阶段。", values=STAGES),
        Column("reason", "string", "Why, from a closed list.", "原因（封闭列表）。", values=REJECT_REASONS),
        Column("detail", "string", "What exactly was wrong, in words.", "具体说明。", nullable=True),
    ),
)
