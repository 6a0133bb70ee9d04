"""One row per distinct phrase and kind, counted over canonical speeches only."""
from schemas.phrases import PHRASE_KINDS
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
        Column("occurrence_count", "int64", "Occurrences in canonical speeches.", "在代表篇中的出现次数。", minimum=0),
        Column("speech_count", "int64", "Canonical speeches that hold it.", "含有它的代表篇数。", minimum=0),
        Column("source_count", "int64", "Distinct sources (source_name, else the top folder) of those speeches: the spread.",
               "这些讲话的不同来源数。", minimum=0),
        Column("first_date", "date", "Earliest date of a speech that holds it.", "最早日期。", nullable=True),
        Column("last_date", "date", "Latest date of a speech that holds it.", "最晚日期。", nullable=True),
        Column("first_date_basis", "string", "Whether first_date is a delivered or a published date.", "最早日期的依据。", nullable=True,
               values=("delivered", "published")),
        Column("last_date_basis", "string", "Whether last_date is a delivered or a published date.", "最晚日期的依据。", nullable=True,
               values=("delivered", "published")),
        Column("members", "list<string>", "What the number counts, where some speech says so: 三亮 → 亮身份, 亮承诺, 亮形象.",
               "数字所指的成员（有讲话言明者）。", nullable=True),
    ),
)
