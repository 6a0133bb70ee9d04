"""The rehearsal of a worker: the work of the stages done once, on made-up pages, while the run waits for Prefect.

Word lists, patterns and libraries are loaded when they are first used, which takes a second: the first documents of a run need not wait
for them. Half of it is done once for all workers, in the process that they are forked from.
"""
from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.ingest.documents import Document
from flows.ingest.inventory import batches, take
from flows.ingest.shard import read_batch, select
from flows.normalize.shard import language_model, normalize_shard, repeated_lines
from flows.normalize.speech import normalize
from flows.relate.shard import prints_of_shard
from flows.segment import fixed
from flows.segment.outline import outline
from flows.segment.shard import segment_shard
from flows.settings import Settings

_PARAGRAPHS = (
    "各位代表、同志们:今天我们在青山县石桥镇召开会议,主要任务是总结去年的工作,部署下一步的任务。下面,我讲三点意见。",
    "一、提高认识,增强责任感。要坚持以人民为中心,把思想统一到县委的部署上来,做到心中有数、脚踏实地、持之以恒。",
    "(一)抓好基础工作。要认真落实“三个到位”,全面推进机关(guān)作风建设,办(bàn)好群众的事,切实解决突出问题。",
    "二、突出重点,狠抓落实。去年完成投资3.2亿元,同比增长8.5%,鎴戜滑鐨勫伐浣滃彇寰椾簡寰堝ぇ鐨勬垚缁╋紝浠婂悗杩樿�佺户缁�鍔�鍔涖��",
    "三、加强领导,形成合力。同志们,任务已经明确,关键在于落实。让我们共同努力,为全面完成目标任务而奋斗!谢谢大家。",
)
PAGES = {
    "一.txt": "\n".join(("在全县工作会议上的讲话", "县委书记 王大山", "(2019年3月5日)", "来源:讲话稿网 点击:", *_PARAGRAPHS)),
    "二.html": "<html><body><h1>在全縣工作會議上的講話</h1><p>發佈時間：2020年3月5日</p><p>" + "</p><p>".join(
        ("同志們，我們開會是為了總結經驗，解決問題，這是機關應當做好的事情。", *_PARAGRAPHS[1:])) + "</p></body></html>",
}


def prepare() -> None:
    """Normalize and outline the made-up pages without what is damaged in them: all of the work that takes no threads."""
    for page, text in PAGES.items():
        whole = "\n".join(line for line in text.split("\n") if "�" not in line)
        speech = normalize(Document(page, "text/plain", "utf-8", len(whole.encode()), whole))
        if speech is not None:
            outline(speech.text, speech.headings)
    fixed.lists()


def rehearse() -> dict[str, Any]:
    """Ingest, normalize and segment the made-up pages, in a folder that is gone afterwards; give what the stages counted. Raises what a
    stage raises."""
    settings = Settings().content()
    with tempfile.TemporaryDirectory(prefix="jianghua-") as name:
        folder = Path(name)

        def done(work: Any, **inputs: Any) -> tuple[Path, Mapping[str, Any]]:
            out = folder / work.__name__
            out.mkdir()
            return out, work(inputs, settings, out)

        for page, text in PAGES.items():
            (folder / "raw").mkdir(exist_ok=True)
            (folder / "raw" / page).write_text(text, encoding="utf-8")
        [(sources, _)] = batches(take(str(folder / "raw"), folder / "inventory.json"), 0).values()
        read, facts = done(read_batch, sources=sources, shard_bits=0)
        slices = [[str(read / name), start, end] for name, shards in facts["items"].items() for start, end, _ in shards.values()]
        selected = done(select, slices=slices)[0]
        done(repeated_lines, lines={"0": str(selected / "lines.arrow")}, parts=[0, 1])
        documents = str(selected / "documents.arrow")
        language = str(done(language_model, documents=[documents])[0] / "language.arrow")
        normal, counted = done(normalize_shard, documents=documents, repeated=[], language=language)
        speeches = str(normal / "speeches.arrow")
        segmented = done(segment_shard, speeches=speeches)[1]
        done(prints_of_shard, speeches=speeches)
        return {**counted, **segmented}
