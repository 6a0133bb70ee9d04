"""One row per input that could not be opened or decoded at all."""
from schemas.table import Column, Meanings, Table

STAGES: Meanings = {
    "ingest": ("reading and selecting", "读取与甄别"),
    "normalize": ("cleaning", "清理"),
    "segment": ("dividing and finding phrases", "分节与短语提取"),
    "relate": ("comparing speeches", "讲话间的比对"),
    "validate": ("checking", "检查"),
}
REJECT_REASONS: Meanings = {
    "empty": ("nothing in it", "空无内容"),
    "unreadable": ("the system would not read it", "系统无法读取"),
    "not_a_file": ("a device, a pipe, or a link to a folder that is read under its own name", "设备、管道，或指向另行读取之文件夹的链接"),
    "link_out_of_folder": ("a link that is not followed: it leads out of the folder, or stands in an archive",
                           "不予跟随的链接：指向文件夹之外，或在压缩包内"),
    "too_large": ("larger than the limits in the settings", "超过设置的大小上限"),
    "undecodable": ("text in no known encoding", "无法判定编码的文本"),
    "binary": ("an image, a program or other bytes that are no writing", "图像、程序等非文字内容"),
    "broken_container": ("a damaged archive, document or data file", "损坏的压缩包、文档或数据文件"),
    "encrypted": ("protected by a password", "有密码保护"),
    "archive_limit": ("unpacks to more, or deeper, than the limits in the settings", "解压后的体积或层数超过设置的上限"),
    "archive_path": ("a member of an archive with a name that leads out of it", "压缩包成员的路径越出包外"),
    "no_text_column": ("a table without a column that holds text", "没有正文列的数据表"),
    "bad_record": ("a record that is no record or holds no text", "不成记录，或记录无正文"),
    "unsupported": ("a format that is not read; detail says what to save it as", "不支持的格式，detail 说明可另存为何种格式"),
    "failed": ("a stage failed on it; detail says how", "处理时出错，detail 说明经过"),
}

REJECTS = Table(
    name="rejects",
    english="One row per input that could not be opened or decoded, or that a stage failed on.",
    chinese="无法打开、无法解码或某阶段处理失败的输入一行。",
    key=("source_path", "stage", "reason", "detail"),
    order=("source_path", "stage", "reason", "detail"),
    columns=(
        Column("source_path", "string", "As in documents.", "同 documents。"),
        Column("stage", "string", "The stage that gave it up.", "放弃它的阶段。", values=STAGES),
        Column("reason", "string", "Why, from a closed list.", "原因（封闭列表）。", values=REJECT_REASONS),
        Column("detail", "string", "What exactly was wrong, in words.", "具体说明。", nullable=True),
    ),
)
