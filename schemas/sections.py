"""One row per part of a speech. In order of start, the own spans tile the speech's text."""
from schemas.table import Column, Link, Meanings, Table

KINDS: Meanings = {
    "salutation": ("whom it addresses: 同志们：", "称谓：“同志们：”"),
    "opening": ("before the first part", "开场：第一部分之前"),
    "body": ("a part of the outline", "主体：提纲中的部分"),
    "closing": ("after the last part", "结尾：最后一部分之后"),
    "item": ("a point counted off inside a paragraph: 一是…二是…", "段内逐一列举的要点：一是……二是……"),
    "continuation": ("the parent's own text taken up again after its children", "续接：下级各点之后上级文字的继续"),
}
MARKER_STYLES: Meanings = {
    "han": ("一、", "一、"),
    "paren_han": ("（一）", "（一）"),
    "arabic": ("1、 1.", "1、 1."),
    "paren_arabic": ("（1） ①", "（1） ①"),
    "ordinal": ("第一， 第一个问题 第一部分", "第一， 第一个问题 第一部分"),
    "item_is": ("一是 二是", "一是 二是"),
    "item_must": ("一要 二要", "一要 二要"),
    "sequence": ("首先 其次, 一方面 另一方面", "首先 其次，一方面 另一方面"),
    "markup": ("a heading that only its markup shows, without a number", "仅由标记显示、没有编号的小标题"),
}

SECTIONS = Table(
    name="sections",
    english="One row per part of a speech. In order of start, the own spans tile the text of the speech.",
    chinese="讲话的每个部分一行；按 start 排列，各部分自身区间无缝覆盖全文。",
    key=("section_id",),
    order=("speech_id", "start", "level", "path"),
    links=(Link(("speech_id",), "speeches", ("speech_id",)), Link(("parent_id",), "sections", ("section_id",))),
    columns=(
        Column("section_id", "string", "<speech_id>.<path>", "<speech_id>.<path>", pattern=r"[0-9a-f]{20}(\.[0-9]+)+"),
        Column("speech_id", "string", "The speech.", "所属讲话。", pattern=r"[0-9a-f]{20}"),
        Column("parent_id", "string", "The section above; null at level 1.", "上级章节；第一级为空。", nullable=True),
        Column("path", "string", "Place in the tree by count among siblings: 3.2.1.", "在树中的位置（同级序号）：3.2.1。",
               pattern=r"[0-9]+(\.[0-9]+)*"),
        Column("level", "int8", "1 for the outermost.", "层级，最外层为 1。", minimum=1),
        Column("kind", "string", "salutation, opening, body, closing, item (a point counted off inside a paragraph) or continuation "
               "(the parent taken up again after its children).", "称谓、开场、主体、结尾、段内分点、续接。", values=KINDS),
        Column("marker", "string", "As in the text: 一、 （二） 3. 第一， 一是 首先.", "原样序号标记。", nullable=True),
        Column("marker_style", "string", "Numbering system of the marker.", "标记的编号体系。", nullable=True, values=MARKER_STYLES),
        Column("number", "int16", "The number in the marker.", "标记中的数字。", nullable=True, minimum=0),
        Column("heading", "string", "Without the marker and the final stop.", "小标题，不含标记与句末标点。", nullable=True),
        Column("declared_count", "int16", "How many points this section's own text announces.", "本部分自身文字宣告的要点数。",
               nullable=True, minimum=0),
        Column("is_inferred", "bool", "True where the source lost the heading and the break was told from the numbering.",
               "来源丢失小标题、由编号重起推断者为真。"),
        Column("start", "int32", "Start of the own span in the speech's text, code points.", "自身区间起点（码位）。", minimum=0),
        Column("end", "int32", "End of the own span.", "自身区间终点。", minimum=0),
        Column("subtree_end", "int32", "End with all descendants.", "含全部下级的终点。", minimum=0),
        Column("text", "large_string", "The own span, character for character.", "自身区间原文。"),
    ),
)
