"""One row per place where the raw text and the text differ in length or order."""
from schemas.table import Column, Link, Meanings, Table

EDIT_REASONS: Meanings = {
    "furniture": ("parts of the site or paper: navigation, links, advertisements, credits, page numbers",
                  "网站或报纸的部件：导航、链接、广告、责编、页码等"),
    "metadata": ("title, dateline, speaker line, source bar: now in columns of speeches",
                 "标题、日期行、署名、来源栏：已入 speeches 各列"),
    "markup": ("signs of markup: tags, Markdown, entities", "标记符号：标签、Markdown、实体等"),
    "pinyin_gloss": ("a reading or gloss that somebody put behind a word", "词后加注的读音或释义"),
    "mojibake": ("characters broken by a wrong encoding, repaired or removed", "编码错误造成的乱码，已修复或删去"),
    "anti_copy_noise": ("characters strewn in against copying, mostly unseen", "为防复制而掺入的字符，多不可见"),
    "ocr": ("characters confused in scanning or typing, and other coats of one character", "扫描、录入造成的形近误字，及同字异码"),
    "whitespace": ("white space removed or put in", "删去或补入的空白"),
    "line_join": ("a line that the source broke, joined again", "被来源拆断的行，重新接合"),
    "paragraph_break": ("paragraphs that the source ran together, parted", "被来源连写的段落，重新分开"),
    "punctuation": ("punctuation of another width, or doubled", "标点全半角或重复标点的改正"),
    "script": ("traditional or variant characters whose length changed", "繁体、异体转换而长度有变者"),
    "note": ("glossaries, footnotes, annexes and the marks that lead to them", "名词解释、脚注、附件及其标号"),
}

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
