"""One row per distinct phrase and kind, counted over canonical speeches only."""
from schemas.phrases import PHRASE_KINDS
from schemas.speeches import BASES, PRECISIONS
from schemas.table import Column, Table

LEXICON = Table(
    name="lexicon",
    english="One row per distinct phrase and kind, counted over canonical speeches only.",
    chinese="每个短语与类别一行；只统计代表篇。",
    key=("phrase", "kind"),
    order=("phrase", "kind"),
    columns=(
        Column("phrase", "string", "The form to count by.", "计数形式。"),
        Column("kind", "string", "Kind of phrase.", "类别。", values=PHRASE_KINDS),
        Column("occurrence_count", "int64", "Occurrences in canonical speeches, as phrases has them. Of kind set all are counted, those "
               "inside a longer set phrase too, so that counts of phrases that hold each other do not add up.",
               "在代表篇中的出现次数，依 phrases 各行。套语（set）落在更长套语之内者亦计，故互相包含的套语次数不可相加。", minimum=0),
        Column("speech_count", "int64", "Canonical speeches that hold it.", "含有它的代表篇数。", minimum=0),
        Column("source_count", "int64", "Distinct sources of those speeches: the spread. A source is source_name, else the host "
               "of source_url, else the folder of the file; never the file or the record itself.",
               "这些讲话的不同来源数：来源取 source_name，无则取 source_url 的主机名，再无则取文件所在的文件夹；"
               "从不以单个文件或记录为来源。", minimum=0),
        Column("first_date", "date", "Earliest date of a speech that holds it: delivered_date, else published_date. A date of which only "
               "the year or month is known counts as its first day: see first_precision.",
               "含有它的讲话的最早日期：取 delivered_date，无则取 published_date。"
               "仅知年或月者以其首日计，见 first_precision。", nullable=True),
        Column("last_date", "date", "Latest date of a speech that holds it, told in the same way.", "最晚日期，取法相同。", nullable=True),
        Column("first_precision", "string", "How finely first_date is known; of speeches with the same date the finest.",
               "最早日期的精度；同一日期有数篇者取最精者。", nullable=True, values=PRECISIONS),
        Column("last_precision", "string", "How finely last_date is known; of speeches with the same date the finest.",
               "最晚日期的精度；同一日期有数篇者取最精者。", nullable=True, values=PRECISIONS),
        Column("first_date_basis", "string", "Whether first_date is a delivered or a published date.", "最早日期的依据。", nullable=True,
               values=BASES),
        Column("last_date_basis", "string", "Whether last_date is a delivered or a published date.", "最晚日期的依据。", nullable=True,
               values=BASES),
        Column("members", "list<string>", "What the number counts, where some speech says so: 三亮 → 亮身份, 亮承诺, 亮形象.",
               "数字所指的成员（有讲话言明者）。", nullable=True),
    ),
)
