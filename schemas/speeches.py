"""One row per speech. Do not count reprints: filter on is_canonical. Texts circulate as speeches; that is no proof that they were given."""
from schemas.table import Column, Link, Meanings, Table

GENRES: Meanings = {
    "讲话": ("an address by one who leads, or whatever its title calls 讲话", "讲话、谈话、指示等"),
    "动员讲话": ("an address that starts a campaign", "动员会上的讲话"),
    "总结讲话": ("an address that sums up a meeting or a piece of work", "总结、小结、点评讲话"),
    "发言": ("a contribution by one of those present: 表态发言, 交流材料", "与会者的发言、表态与交流材料"),
    "致辞": ("a greeting, welcome, opening, closing or New Year address, or a eulogy", "致辞、开幕词、闭幕词、贺词、悼词等"),
    "主持词": ("the words of the chair", "主持词、串词"),
    "党课": ("a lecture to party members", "党课、专题辅导"),
    "工作报告": ("a report on work to a congress or assembly", "向代表大会或会议所作的工作报告"),
    "述职报告": ("an official's report on their own duties", "述职、述廉、履职报告"),
    "演讲": ("a lecture, contest or campaign speech", "演讲、竞聘、宣讲"),
    "其他": ("of none of these kinds by its title and text", "依标题与正文均不属以上各类"),
}
SCRIPTS: Meanings = {
    "Hans": ("simplified", "简体"),
    "Hant": ("traditional", "繁体"),
    "mixed": ("both", "简繁混用"),
}
PRECISIONS: Meanings = {
    "day": ("the day is known", "知其日"),
    "month": ("the month; the date is its first day", "仅知其月，日期取首日"),
    "year": ("the year; the date is its first day", "仅知其年，日期取首日"),
}
BASES: Meanings = {
    "delivered": ("delivered_date: when it was given", "讲话日期 delivered_date"),
    "published": ("published_date, where the day of delivery is not known", "讲话日期未知，取发布日期 published_date"),
}
DEFECTS: Meanings = {
    "anti_copy_noise": ("characters, or a site's words about itself, strewn into sentences against copying; removed",
                        "句中掺有防复制字符或站点自述；已删"),
    "broken_lines": ("lines broken inside sentences; joined", "句中断行；已接合"),
    "date_conflict": ("the page's date or the title's year contradicts the text; left", "页面日期或标题年份与正文矛盾；保留"),
    "declared_count_mismatch": ("it announces another number of points than it has; left", "宣告的要点数与实有不符；保留"),
    "decoding_loss": ("characters lost for good in an earlier decoding; left", "此前解码已丢失的字符；无法恢复"),
    "half_width_punctuation": ("half-width punctuation in Chinese prose; made full-width", "中文正文用半角标点；已改全角"),
    "lost_headings": ("headings lost, their place told from the numbering; see sections.is_inferred",
                      "小标题丢失，由编号推断其位置，见 sections.is_inferred"),
    "mojibake_left": ("text broken by a wrong encoding that could not be repaired", "乱码，未能修复"),
    "mojibake_repaired": ("text broken by a wrong encoding, repaired by inference", "乱码，已推断修复"),
    "numbering_gap": ("a number is missing in the numbering; left", "编号有缺；保留"),
    "ocr_confusion": ("characters confused in scanning or typing (letters for digits, 〇 lost); mended",
                      "扫描、录入的形近误字（字母作数字、〇 丢失等）；已改"),
    "personal_data": ("telephone, QQ or identity numbers, or lists of private persons; left", "含电话、QQ、身份证号或私人名单；保留"),
    "pinyin_gloss": ("readings or glosses put behind words; removed", "词后加注读音或释义；已删"),
    "placeholders": ("names, places or years made anonymous: X局, **, 20XX年; left", "以 X、**、20XX 等匿名；保留"),
    "truncated": ("it breaks off before its end", "正文未完即断"),
    "unsure_boundary": ("where the speech begins or ends is not sure", "讲话起止不确定"),
}

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
        Column("place_code", "string", "Its six-digit GB/T 2260 code; null where several places share the name and the document does not "
               "tell which.", "GB/T 2260 六位代码；同名多地而文中未言明者为空。", nullable=True, pattern=r"[0-9]{6}"),
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
        Column("is_canonical", "bool", "True for one of each group and for all without a group: the rows to count. Of copies that lack no "
               "part (95 % of the longest) the one that says best when and by whom it was given, then the longest (within 2 %), the "
               "earliest, the least damaged.",
               "每组一篇及未入组者为真：计数时只取这些行。在篇幅不缺章节者（不短于最长者的 95%）中，"
               "依次取讲话日期与讲话人最明确者、最长者（相差 2% 以内视同）、最早者、缺陷最少者。"),
        Column("duplicate_similarity", "float32", "Share of the shorter text's runs of Han characters that stand in the other one, "
               "the canonical one or this; digits and punctuation are left out.", "较短一篇的汉字片段见于另一篇的比例（与代表篇相比）；"
               "数字与标点不计。",
               nullable=True, minimum=0, maximum=1),
    ),
)
