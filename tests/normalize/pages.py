"""A speech of our own, and pages around it, for the tests of this folder."""
from flows.ingest.documents import Document
from flows.normalize.lines import split
from flows.normalize.paragraphs import Paragraph

SPEECH = """同志们：
今天我们召开全县春季造林大会，主要任务是总结去年工作，安排今年任务。刚才，三个乡镇作了发言，讲得都很好。下面，我讲三点意见。
一、认清形势，增强造林绿化的紧迫感
去年全县完成造林三万亩，成活率达到八成五，成绩来之不易。但是也要看到，部分乡镇重栽轻管的问题仍然突出。
二、突出重点，完成今年的目标任务
（一）抓好通道绿化。沿国道、省道两侧各栽五十米宽的林带，四月底以前全部完成。
（二）抓好村庄绿化。每个乡镇要建成两个示范村，做到村边有林、路边有树。
三、加强领导，确保各项措施落到实处
各乡镇党委政府主要负责同志要亲自抓、负总责，林业部门要搞好技术服务，财政部门要保证资金到位。
同志们，春光不等人，造林正当时。让我们迅速行动起来，为建设绿色江城作出新的贡献！"""
TITLE = "在全县春季造林大会上的讲话"


def page(text: str, path: str = "page.txt", **known) -> Document:
    """A document that holds `text`."""
    media_type = "text/markdown" if path.endswith(".md") else "text/plain"
    return Document(path, media_type, "utf-8", len(text.encode("utf-8", "replace")), text, **known)


def paragraphs(text: str) -> list[Paragraph]:
    """Each line of `text` as a paragraph."""
    return [Paragraph([line]) for line in split(text)]
