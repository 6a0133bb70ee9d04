"""One row per speech. Do not count reprints: filter on is_canonical. Texts circulate as speeches; that is no proof that they were given."""
from schemas.table import Column, Link, Table

GENRES = ("讲话", "动员讲话", "总结讲话", "发言", "致辞", "主持词", "党课", "工作报告", "述职报告", "演讲", "其他")
SCRIPTS = ("Hans", "Hant", "mixed")
PRECISIONS = ("day", "month", "year")
DEFECTS = (
    "anti_copy_noise", "broken_lines", "date_conflict", "declared_count_mismatch", "decoding_loss", "half_width_punctuation",
    "lost_headings", "mojibake_left", "mojibake_repaired", "numbering_gap", "ocr_confusion", "personal_data", "pinyin_gloss",
    "placeholders", "truncated", "unsure_boundary",
)

SPEECHES = Table(
    name="speeches",
    english="One row per speech. Rows that repeat another speech are told apart by duplicate_group and is_canonical.",
    chinese="每篇讲话一行；转载与近似重复者以 duplicate_group 与 is_canonical 区分。",
    key=("speech_id",),
    order=("speech_id",),
    links=(Link(("speech_id",), "documents", ("speech_id",)),),
    columns=(
        Column("speech_id", "string", "Key; the document_id of the raw document.", "主键，即原始文档的 document_id。",
               pattern=r"[0-9a-f]{20}"),
        Column("source_path", "string", "As in documents.", "同 documents。"),
        Column("source_name", "string", "The site or publication named in the document (工作范文, 云南日报).",
               "文档自述的网站或报刊。", nullable=True),
        Column("source_url", "string", "Address that the document or its container gives.", "文档或容器给出的网址。", nullable=True),
        Column("title", "string", "As a person would cite it: no site suffix, no search-engine bait, no (全文), no year stuck to the "
               "front; simplified.", "可供引用的标题：去站名后缀、搜索诱饵、（全文）与粘在前面的年份；简体。", nullable=True),
        Column("title_raw", "string", "The title as found.", "原样标题。", nullable=True),
        Column("genre", "string", "Kind of speech, from a closed list.", "体裁（封闭列表）。", values=GENRES),
        Column("occasion", "string", "The meeting or event.", "会议或活动。", nullable=True),
        Column("organization", "string", "Whose meeting.", "会议所属单位。", nullable=True),
        Column("place", "string", "Province, prefecture or county, by its full name.", "省、地、县级地名全称。", nullable=True),
        Column("place_code", "string", "Its six-digit GB/T 2260 code.", "GB/T 2260 六位代码。", nullable=True, pattern=r"[0-9]{6}"),
        Column("speaker_name", "string", "Name of the speaker.", "讲话人姓名。", nullable=True),
        Column("speaker_role", "string", "The title alone: 省长, 局长, 书记.", "讲话人职务。", nullable=True),
        Column("delivered_date", "date", "When it was given, only with evidence in the document; a coarser date is its first day.",
               "讲话日期，须有文内依据；较粗日期取其首日。", nullable=True),
        Column("published_date", "date", "When the source says that it was put out; a coarser date is its first day.",
               "来源所称发布日期；较粗日期取其首日。", nullable=True),
        Column("delivered_precision", "string", "day, month or year.", "日期精度：日、月、年。", nullable=True, values=PRECISIONS),
        Column("published_precision", "string", "day, month or year.", "日期精度：日、月、年。", nullable=True, values=PRECISIONS),
        Column("delivered_evidence", "string", "The words of the document that delivered_date rests on.", "讲话日期的文内依据。",
               nullable=True),
        Column("published_evidence", "string", "The words of the document that published_date rests on.", "发布日期的文内依据。",
               nullable=True),
        Column("text", "large_string", "The speech as given, clean: one paragraph a line, simplified, full-width punctuation; no title, "
               "dateline, speaker line or site furniture.", "讲话正文：一段一行，简体，全角标点；不含标题、日期行、署名与网页部件。"),
        Column("script", "string", "Script of the raw text.", "原文字体：简、繁或混用。", values=SCRIPTS),
        Column("char_count", "int32", "Code points in text.", "正文码位数。", minimum=1),
        Column("section_count", "int32", "Rows of sections.", "章节行数。", minimum=1),
        Column("phrase_count", "int32", "Rows of phrases.", "短语行数。", minimum=0),
        Column("placeholder_count", "int32", "Anonymised spots: X局, XX市, **, 20XX年.", "匿名占位处数。", minimum=0),
        Column("defects", "list<string>", "Sorted, closed list: what was found wrong and mended or left.",
               "发现并修复或保留的缺陷（封闭列表，已排序）。", values=DEFECTS),
        Column("speech_score", "float32", "How surely this is a speech, 0 to 1.", "是讲话的可信度，0 至 1。", minimum=0, maximum=1),
        Column("duplicate_group", "string", "Same value for speeches that are near-duplicates of each other.", "近似重复者取值相同。",
               nullable=True),
        Column("is_canonical", "bool", "True for one of each group and for all without a group: the rows to count.",
               "每组一篇及未入组者为真：计数时只取这些行。"),
        Column("duplicate_similarity", "float32", "Similarity to the canonical one, 0 to 1.", "与代表篇的相似度，0 至 1。",
               nullable=True, minimum=0, maximum=1),
    ),
)
