"""One row per occurrence of a phrase; an occurrence can have rows of several kinds."""
from schemas.table import Column, Link, Table

PHRASE_KINDS = ("numbered", "quoted", "work", "idiom", "parallel", "set")

PHRASES = Table(
    name="phrases",
    english="One row per occurrence of a phrase in a speech; an occurrence can have rows of several kinds.",
    chinese="短语在讲话中的每次出现一行；同一处可兼属数类。",
    key=("speech_id", "start", "end", "kind"),
    order=("speech_id", "start", "end", "kind"),
    links=(Link(("speech_id",), "speeches", ("speech_id",)), Link(("section_id",), "sections", ("section_id",))),
    columns=(
        Column("speech_id", "string", "The speech.", "所属讲话。", pattern=r"[0-9a-f]{20}"),
        Column("section_id", "string", "The section whose own span holds its start.", "其起点所在的章节。"),
        Column("start", "int32", "Start in the speech's text, code points.", "起点（码位）。", minimum=0),
        Column("end", "int32", "End in the speech's text.", "终点。", minimum=1),
        Column("surface", "string", "As in the text: text[start:end].", "原样文字。"),
        Column("phrase", "string", "The form to count by: without quotes, numerals made one; small differences kept apart.",
               "计数形式：去引号、统一数字；细微差异保留。"),
        Column("kind", "string", "numbered (四个意识), quoted, work (《…》), idiom (成语), parallel (a run of three or more members of one "
               "shape) or set (recurring wording found from the corpus itself).",
               "数字提法、引语、书文名、成语、排比、惯用语。", values=PHRASE_KINDS),
    ),
)
