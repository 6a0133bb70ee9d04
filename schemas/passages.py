"""One row per passage that two canonical speeches share."""
from schemas.table import Column, Link, Table

PASSAGES = Table(
    name="passages",
    english="One row per passage that two canonical speeches share, word for word or lightly edited.",
    chinese="两篇代表篇讲话共有的段落一行（逐字或略有改动）。",
    key=("speech_id", "start", "end", "other_speech_id", "other_start", "other_end"),
    order=("speech_id", "other_speech_id", "start", "other_start", "end", "other_end"),
    links=(Link(("speech_id",), "speeches", ("speech_id",)), Link(("other_speech_id",), "speeches", ("speech_id",))),
    columns=(
        Column("speech_id", "string", "The one speech; smaller than other_speech_id.", "其一；小于 other_speech_id。",
               pattern=r"[0-9a-f]{20}"),
        Column("start", "int32", "Start in its text.", "在其正文中的起点。", minimum=0),
        Column("end", "int32", "End in its text.", "终点。", minimum=1),
        Column("other_speech_id", "string", "The other speech.", "其二。", pattern=r"[0-9a-f]{20}"),
        Column("other_start", "int32", "Start in the other text.", "在另一正文中的起点。", minimum=0),
        Column("other_end", "int32", "End in the other text.", "终点。", minimum=1),
        Column("char_count", "int32", "Code points of the shorter side.", "较短一侧的码位数。", minimum=1),
        Column("similarity", "float32", "Similarity of the two sides, 0 to 1.", "两侧相似度，0 至 1。", minimum=0, maximum=1),
    ),
)
