"""One row per place where the raw text and the text differ in length or order."""
from schemas.table import Column, Link, Table

EDIT_REASONS = ("furniture", "metadata", "markup", "pinyin_gloss", "mojibake", "anti_copy_noise", "ocr", "whitespace", "line_join",
                "paragraph_break", "punctuation", "script", "note")

EDITS = Table(
    name="edits",
    english="One row per place where raw text and text differ in length or order; between two rows they run in step, code point for code "
            "point, and only script and width may differ.",
    chinese="原文与正文长度或次序不同之处一行；两行之间逐码位对应，仅字体与全半角可异。",
    key=("speech_id", "raw_start", "raw_end", "start", "end"),
    order=("speech_id", "raw_start", "raw_end", "start", "end"),
    links=(Link(("speech_id",), "speeches", ("speech_id",)),),
    columns=(
        Column("speech_id", "string", "The speech.", "所属讲话。", pattern=r"[0-9a-f]{20}"),
        Column("start", "int32", "Start in text, code points.", "在正文中的起点。", minimum=0),
        Column("end", "int32", "End in text.", "在正文中的终点。", minimum=0),
        Column("raw_start", "int32", "Start in raw_text.", "在原文中的起点。", minimum=0),
        Column("raw_end", "int32", "End in raw_text.", "在原文中的终点。", minimum=0),
        Column("reason", "string", "Why, from a closed list.", "原因（封闭列表）。", values=EDIT_REASONS),
    ),
)
