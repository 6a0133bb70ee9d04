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
        Column("similarity", "float32", "Twice the Han characters that the two sides have in common, in the same order (their longest "
               "common subsequence; where clauses moved, those of the stretches that they share), over the Han characters of both, 0 to 1. "
               "Digits, 〇, Latin letters, punctuation and white space are left out, X, *, □ and the like in the place of a name count as "
               "one character: sides that differ in their figures alone have 1. Below 0.6: one speaker says it again in other words.",
               "两侧相同且次序一致的汉字数（最长公共子序列；分句移位者取其共有片段）的两倍，除以两侧汉字总数，0 至 1。数字、〇、"
               "西文字母、标点与空白不计，代替人名等的 X、*、□ 之类各作一字：仅数字不同者为 1。"
               "低于 0.6 者为同一讲话人的换言重述。", minimum=0, maximum=1),
    ),
)
