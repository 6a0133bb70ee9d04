"""One row per raw document seen, whatever became of it."""
from schemas.table import Column, Link, Meanings, Table

FATES: Meanings = {
    "speech": ("it holds a speech: a row of speeches", "是讲话，在 speeches 中有一行"),
    "rejected": ("it holds none; reason says what it is instead", "不是讲话，reason 说明其为何物"),
    "duplicate": ("the same raw text was seen before under another path", "同一原文已在另一路径下读到"),
}
REASONS: Meanings = {
    "no_chinese": ("hardly any Chinese in it", "几乎不含汉字"),
    "too_short": ("too short to tell, or a scrap", "过短，或只是残片"),
    "not_speech": ("Chinese prose that is no speech and none of the kinds below", "中文文稿，但非讲话，亦不属以下各类"),
    "news": ("a report about a meeting or a speech, not the speech itself", "新闻报道：报道会议或讲话，而非讲话本身"),
    "regulation": ("a regulation, notice, plan, communiqué or statute", "法规、通知、规划、公报等文件"),
    "commentary": ("an editorial or a comment of a newspaper", "社论、评论"),
    "essay": ("a model essay or a composition for an examination", "范文、应试申论等文章"),
    "fiction": ("a novel or story", "小说、故事"),
    "list_of_titles": ("a page of links to texts, without a text", "只有标题的列表页"),
    "furniture_only": ("a page's own parts without an article", "只有网页部件，没有正文"),
    "technical": ("a technical article, a manual or a program", "技术文章、手册或程序"),
    "conversation": ("an interview, a dialogue or questions and answers", "访谈、对话或问答"),
    "nothing_left": ("taken for a speech, but nothing was left when it was cleaned", "判为讲话，但清理后无正文"),
    "failed": ("a stage failed on it; rejects says how", "处理时出错，见 rejects"),
}
LAYOUT_KINDS: Meanings = {
    "title": ("the title of the page or file", "页面或文件标题"),
    "heading": ("a heading by its markup", "标记为小标题"),
    "main": ("the part of the page that holds its running text", "页面正文所在部分"),
    "inset": ("a line in it whose element differs from those of the paragraphs", "正文中与各段落标记不同的一行"),
    "bold": ("bold type", "加粗"),
    "furniture": ("navigation, footer and other parts of the site", "导航、页脚等网页部件"),
    "hidden": ("inside a line, where no reader sees it", "行内不显示的文字"),
    "deleted": ("struck out in the source, the mark of a comment, or the markup of a wiki",
                "原文中已划去的文字、批注标记或维基标记"),
    "caption": ("the words under a picture", "图注"),
    "table": ("a table", "表格"),
    "list": ("a list", "列表"),
    "note": ("a footnote or comment", "脚注、批注"),
}

DOCUMENTS = Table(
    name="documents",
    english="One row per raw document seen, whatever became of it: a speech, a rejected document or a repetition of the same raw text.",
    chinese="每一份读到的原始文档一行，无论其去向：成为讲话、被剔除，或与先前文档原文相同。",
    key=("source_path",),
    order=("document_id", "source_path"),
    links=(Link(("speech_id",), "speeches", ("speech_id",)),),
    columns=(
        Column("document_id", "string", "First 20 hex digits of the SHA-256 of the raw text's UTF-8 bytes: the same words in GB18030 "
               "and in UTF-8 are one document.", "原文（UTF-8 字节）SHA-256 的前 20 位十六进制数字；编码不同而文字相同者为同一文档。",
               pattern=r"[0-9a-f]{20}"),
        Column("source_path", "string", "Path inside the raw folder, or the URI; with #<n> (from 0) or #<member> for a record or an "
               "archive member.", "原始文件夹内的路径或 URI；记录与压缩包成员以 #<n>（自 0 起）或 #<成员名> 标出。"),
        Column("media_type", "string", "Media type of what was read: text/plain, text/html, …", "所读内容的媒体类型。"),
        Column("encoding", "string", "The encoding decoded with; null where the container holds Unicode already.",
               "解码所用的编码；容器本身为 Unicode 时为空。", nullable=True),
        Column("encoding_confidence", "float32", "How surely the encoding is right, 0 to 1.", "编码判断的可信度，0 至 1。",
               nullable=True, minimum=0, maximum=1),
        Column("byte_count", "int64", "Bytes read.", "读入的字节数。", minimum=0),
        Column("raw_text", "large_string", "The document after decoding and nothing else; for HTML, DOCX and the like the text taken "
               "out of it.", "解码后的原文，未作其他处理；HTML、DOCX 等为取出的文本。"),
        Column("layout", "list<mark>", "What the markup says of spans of raw_text (offsets in code points): title, heading, bold, "
               "main (the part that holds the running text), inset (a line in it whose element is not like those of its paragraphs), "
               "furniture, hidden (inside a line, where no reader sees it), deleted (struck out, or the mark of a comment), caption, "
               "table, list, note; level, from 1 the outermost, where the markup ranks its headings (1 for centred bold type), and of an "
               "inset 1 where it is another kind of element, 2 where it only looks otherwise. Empty for plain text.",
               "标记语言对原文片段的说明（偏移以码位计）：标题、小标题、加粗、正文所在部分、其中与各段标记不同的一行、页面部件、隐藏文字、"
               "删改痕迹、图注、表格、列表、注释；标题有层级时以 level 标出（1 为最外层，居中的加粗行亦为 1）；"
               "另行标记的一行，元素不同为 1，仅样式不同为 2。纯文本为空。",
               values=LAYOUT_KINDS),
        Column("metadata", "string", "JSON object of what the container or a provenance card says: title, url, date (of publication), "
               "source, author, site, producer, licence, accessed, notes, category; of the speech itself speaker, role, delivered, place, "
               "occasion; of the collection that it was cut from its title (collection) and the lines above all pieces (masthead).",
               "容器或来源卡片所载信息的 JSON 对象：标题、网址、发布日期、来源、作者、许可、所属类别等，"
               "以及讲话人、职务、讲话时间、地点、会议；取自合集者，另记合集标题与篇首各行。",
               nullable=True),
        Column("fate", "string", "What became of it: speech, rejected, or duplicate (the same raw text seen before under another path).",
               "去向：讲话、剔除、重复（同一原文已在另一路径下读到）。", values=FATES),
        Column("reason", "string", "Why it is not a speech, from a closed list.", "被剔除的原因（封闭列表）。", nullable=True,
               values=REASONS),
        Column("speech_id", "string", "Set where fate is speech; equals document_id.", "去向为讲话时填写，等于 document_id。",
               nullable=True, pattern=r"[0-9a-f]{20}"),
        Column("speech_score", "float32", "How surely this is a speech, 0 to 1.", "是讲话的可信度，0 至 1。", nullable=True,
               minimum=0, maximum=1),
    ),
)
