"""One row per occurrence of a phrase; an occurrence can have rows of several kinds."""
from schemas.table import Column, Link, Meanings, Table

PHRASE_KINDS: Meanings = {
    "numbered": ("a ready-made expression whose numeral counts its members: 四个意识, 三会一课", "数字提法：数字统括若干成员的固定说法"),
    "quoted": ("what stands in “ ”, at most 20 characters", "引号“ ”中的文字，至多 20 字"),
    "work": ("a title in 《 》", "书名号《 》中的书文名"),
    "idiom": ("a 成语, by a dictionary", "成语（据词典）"),
    "parallel": ("a run of three or more members of one shape: 受警醒、明底线、知敬畏", "三项以上句式相同的排比"),
    "set": ("wording that recurs over many speeches, found from the corpus itself", "套语：由语料自身发现、在多篇讲话中反复出现的文字"),
}

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
        Column("phrase", "string", "The form to count by: without quotes and white space, numerals and widths made one (互联网＋ "
               "is 互联网+, 2015－2020年 is 2015-2020年, • and ・ are ·); small differences of wording kept apart, and so are - and —.",
               "计数形式：去引号与空白，数字与全半角归一（互联网＋ 作 互联网+，2015－2020年 作 2015-2020年，• 与 ・ 作 ·）；"
               "用字的细微差异保留，连字符 - 与破折号 — 亦不合并。"),
        Column("kind", "string", "numbered (四个意识), quoted, work (《…》), idiom (成语), parallel (a run of three or more members of one "
               "shape) or set (recurring wording found from the corpus itself; one inside a longer one has its row too, so that these "
               "overlap).",
               "数字提法、引语、书文名、成语、排比、套语（由语料自身发现；落在更长套语之内的亦另立一行，故各行可重叠）。",
               values=PHRASE_KINDS),
    ),
)
