"""The whole pipeline as one flow: ingest → normalize → segment → relate → validate → publish. Each stage is a flow that can run alone.

Stages hand each other paths, through the state that each leaves in the work folder.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows import cluster, prefect_home
from flows.ingest.inventory import batches, shard_bits, shard_of, take
from flows.normalize.counts import LIMIT
from flows.normalize.repetition import parts_at_a_time
from flows.process import heed_signals_again
from flows.publish.edition import CHECKED
from flows.publish.release import Published, inputs_and_fates, publish_release, see_that_it_is_not_emptied
from flows.relate.parts import PARTITION, SKETCHED_TOGETHER, cuts, partitions_of, ranges_of, share_of
from flows.settings import LOCAL, Settings, settings_from
from flows.stage import Job, Pending, StageError, done, keep_state, kept_state
from flows.store import UNSETTLED, Output, key_of, sweep
from flows.workers import CHARTS, CHECKS, WORK, WORKERS


class CriticalChecks(StageError):
    """Checks that must hold did not: nothing was published, the last release is as it was."""


def placed(flow_: Any, settings: Settings) -> Any:
    """A flow whose tasks run where the settings say. It keeps no results: on the embedded server it need not ask where they are kept."""
    options: dict[str, Any] = {}
    if runner := cluster.task_runner(settings):
        options["task_runner"] = runner
    if not prefect_home.has_server():
        options |= {"persist_result": False, "result_storage": settings.work_path / "results"}
    return flow_.with_options(**options) if options else flow_


def _part(stage: Any, settings: Settings) -> Any:
    """A stage as a part of the whole: a flow run of its own where somebody can look at it. On the embedded server, which is gone with the
    run, its tasks belong to the run of the whole: half a second less a stage."""
    return placed(stage, settings) if prefect_home.has_server() else stage.fn


Frames = dict[str, list[tuple[Output, str]]]


def _paths(outputs: Mapping[str, Output], name: str) -> list[tuple[Output, str]]:
    return [(output, name) for output in outputs.values()]



def check_job(settings: Settings, step: str) -> Job:
    """The job that checks the tables which a stage made, as its state has them."""
    outputs, _ = kept_state(settings, step)
    others: Frames = {}
    if step == "ingest":
        tables: Frames = {"documents": _paths(outputs["select"], "documents.arrow")}
    elif step == "normalize":
        tables = {name: _paths(outputs["normalize"], f"{name}.arrow") for name in ("speeches", "edits")}
    elif step == "segment":
        tables = {name: _paths(outputs["segment"], f"{name}.arrow") for name in ("sections", "phrases")}
    elif step == "relate":
        tables = {"lexicon": _paths(outputs["lexicon"], "lexicon.arrow"), "passages": _paths(outputs["passages"], "passages.arrow"),
                  "phrases": _paths(outputs["phrases"], "phrases.arrow")}
    else:
        related, _ = kept_state(settings, "relate")
        tables = {"rejects": _paths(outputs["rejects"], "rejects.arrow")}
        others = {"faults": _paths(outputs["rules"], "faults.arrow"), "speeches": _paths(outputs["assemble"], "speeches.arrow"),
                  "documents": _paths(outputs["assemble"], "documents.arrow"), "passages": _paths(related["passages"], "passages.arrow")}
    inputs: dict[str, Any] = {"step": step, "thresholds": asdict(settings.thresholds),
                              "tables": {name: [str(output.path(file)) for output, file in frames] for name, frames in tables.items()}}
    inputs |= {name: [str(output.path(file)) for output, file in frames] for name, frames in others.items()}
    depends = [[name, [output.digest(file) for output, file in frames]] for name, frames in (tables | others).items()]
    return Job(f"checks-{step}", "all", "flows.quality:check_step", inputs, [depends, inputs["thresholds"]], CHECKS)


def check(settings: Settings, step: str) -> Pending:
    """Begin to check what a stage made, in the worker that checks, while the next stage goes on."""
    return Pending([check_job(settings, step)], settings)


def keep_checks(settings: Settings, step: str, checks: Pending) -> None:
    """Wait for the checks of a stage, and keep where they are."""
    keep_state(settings, f"checks-{step}", {"checks": checks.outputs()})


def _account(stage: str, outputs: Collection[Output]) -> None:
    """Show the counts of a stage in Prefect."""
    totals: dict[str, int] = {}
    for output in outputs:
        for name, value in output.facts.items():
            if isinstance(value, int):
                totals[name] = totals.get(name, 0) + value
    rows = "\n".join(f"| {name} | {value} |" for name, value in totals.items())
    create_markdown_artifact(f"| {stage} | count |\n| --- | ---: |\n| shards | {len(outputs)} |\n{rows}", key=f"counts-{stage}")


@flow(name="jianghua")
def corpus(settings: dict[str, Any]) -> dict[str, Any]:
    """From a raw folder to a published release; returns what publish says of it. A stage is checked while the next one works."""
    to = settings_from(settings)
    if to.runner == LOCAL:
        WORKERS.warm_charts()
    if not prefect_home.has_server():
        heed_signals_again()    # Prefect has set its own, by which it would tell the server that ends with the run
    keep_state(to, _QUARANTINE, {})
    stages = (ingest, normalize, segment, relate, validate)
    _through(stages, settings)
    if left := _left_out(to):
        tried = {f"{stage.name} {step}": outputs for stage in stages for step, outputs in kept_state(to, stage.name)[0].items()}
        keep_state(to, _QUARANTINE, tried, {"left_out": left})      # what was tried is kept, or the next run would do it again
        _through(stages[1:], settings)
    if to.runner == LOCAL:
        WORKERS.dismiss()   # publishing needs none
    return dict((publish if prefect_home.has_server() else publish.fn)(settings))


_QUARANTINE = "quarantine"


def _through(stages: Collection[Any], settings: dict[str, Any]) -> None:
    """Run stages, each of them checked while the next one works."""
    to = settings_from(settings)
    checks: dict[str, Pending] = {}
    for stage in stages:
        _part(stage, to)(settings, alone=False)
        if stage is not validate:
            checks[stage.name] = check(to, stage.name)
    for step, pending in checks.items():
        keep_checks(to, step, pending)


def _left_out(settings: Settings) -> dict[str, tuple[str, str]]:
    """The speeches that must be left out for the checks to hold, {speech_id: (the stage that gave it up, why)}."""
    checks = [output for step in CHECKED for output in kept_state(settings, f"checks-{step}")[0]["checks"].values()]
    failed = {speech: problem for output in kept_state(settings, "segment")[0]["segment"].values()
              for speech, problem in output.facts["failed"].items()}
    if not failed and not any(output.facts["critical"] for output in checks):
        return {}
    from flows.validate.quarantine import left_out  # and polars, which a run without faults does without in this process

    normal = kept_state(settings, "normalize")[0]["normalize"].values()
    return left_out([output.path("failing.arrow") for output in checks], failed, sum(output.facts["speeches"] for output in normal))


def _kept_quarantine(settings: Settings) -> tuple[dict[str, dict[str, Output]], Mapping[str, Any]]:
    """What was tried before speeches were left out, and which were; nothing where none were."""
    try:
        steps, facts = kept_state(settings, _QUARANTINE)
    except StageError:
        return {}, {}
    return steps, facts.get("left_out", {})


@flow(name="ingest")
def ingest(settings: dict[str, Any], alone: bool = True) -> None:
    """Read whatever is there, and tell speeches from the rest."""
    to = settings_from(settings)
    inventory = take(to.raw, to.work_path / "inventory.json")
    see_that_it_is_not_emptied(to, len(inventory.sources))
    bits = shard_bits(inventory, to.shard_bytes)
    read = done([Job("read", number, "flows.ingest.shard:read_batch", {"sources": sources, "shard_bits": bits}, [depends, bits])
                 for number, (sources, depends) in batches(inventory, bits).items()], to)
    slices: dict[str, list[list[Any]]] = {}
    depends: dict[str, list[str]] = {}
    for batch in read.values():
        for name, shards in batch.facts["items"].items():
            path = str(batch.path(name))
            for shard, (start, end, digest) in shards.items():
                slices.setdefault(shard, []).append([path, start, end])
                depends.setdefault(shard, []).append(digest)
    select = done([Job("select", f"{int(shard):04x}", "flows.ingest.shard:select", {"slices": slices[shard]}, sorted(depends[shard]))
                   for shard in sorted(slices, key=int)], to)
    lines = {shard: str(output.path("lines.arrow")) for shard, output in select.items()}
    counted = {shard: output.digest("lines.arrow") for shard, output in select.items()}
    repeated = done([Job("repeated", f"{parts[0]:03d}", "flows.normalize.shard:repeated_lines", {"lines": lines, "parts": parts},
                         [counted, parts]) for parts in parts_at_a_time(sum(output.facts["lines"] for output in select.values()))], to)
    # a release that holds for this run alone must not look to the next run like one of the same inputs
    unsettled = any(output.facts.get(UNSETTLED) for output in read.values())
    facts = {"inputs": key_of([inventory.digest, UNSETTLED]) if unsettled else inventory.digest, "shard_bits": bits,
             "input_bytes": inventory.byte_count, "input_files": len(inventory.sources),
             "listed_rejects": [[reject.source_path, reject.stage, reject.reason, reject.detail] for reject in inventory.rejects]}
    keep_state(to, "ingest", {"read": read, "select": select, "repeated": repeated}, facts)
    _account("ingest", select.values())
    if alone:
        keep_checks(to, "ingest", check(to, "ingest"))


@flow(name="normalize")
def normalize(settings: dict[str, Any], alone: bool = True) -> None:
    """From wreckage to the speech as given, with every change on record."""
    to = settings_from(settings)
    before, facts = kept_state(to, "ingest")
    left: dict[str, dict[str, Any]] = {}
    for document, why in _kept_quarantine(to)[1].items():
        left.setdefault(f"{shard_of(document, facts['shard_bits']):04x}", {})[document] = why
    language = _language(to, before["select"])
    slices = {shard: [(str(each.path("repeated.arrow")), *each.facts["shards"][shard]) for each in before["repeated"].values()
                      if shard in each.facts["shards"]] for shard in before["select"]}
    # only shards with damage wait for the model, and no other is done again when it changes
    damaged = {shard for shard, output in before["select"].items() if output.facts["mojibake"]}

    def job(shard: str, model: Mapping[str, Output]) -> Job:
        output = before["select"][shard]
        inputs: dict[str, Any] = {"documents": str(output.path("documents.arrow")), "repeated": [each[:3] for each in slices[shard]]}
        depends: list[Any] = [output.digest("documents.arrow"), [digest for *_, digest in slices[shard]]]
        if shard in left:
            inputs["left_out"] = left[shard]
            depends.append(left[shard])
        if model:
            inputs["language"] = str(model["all"].path("language.arrow"))
            depends.append(model["all"].digest())
        return Job("normalize", shard, "flows.normalize.shard:normalize_shard", inputs, depends)

    pending = Pending([job(shard, {}) for shard in before["select"] if shard not in damaged], to, len(before["select"]))
    known = language.outputs()
    pending.begin(job(shard, known) for shard in sorted(damaged))
    found = pending.outputs()
    normal = {shard: found[shard] for shard in before["select"]}
    keep_state(to, "normalize", {"language": known, "normalize": normal})
    _account("normalize", normal.values())
    if alone:
        keep_checks(to, "normalize", check(to, "normalize"))


def _language(settings: Settings, select: Mapping[str, Output]) -> Pending:
    """Under "all" the model of the corpus's language, learned from as many shards as it takes, where some document needs it; else
    nothing."""
    if not any(output.facts["mojibake"] for output in select.values()):
        return Pending([], settings)
    sample, characters = [], 0
    for shard in sorted(select):
        if characters < LIMIT:
            sample.append(select[shard])
            characters += select[shard].facts["characters"]
    return Pending([Job("language", "all", "flows.normalize.shard:language_model",
                        {"documents": [str(output.path("documents.arrow")) for output in sample]},
                        [output.digest("documents.arrow") for output in sample])], settings)


@flow(name="segment")
def segment(settings: dict[str, Any], alone: bool = True) -> None:
    """The outline of every speech, and the phrases in it."""
    to = settings_from(settings)
    before, _ = kept_state(to, "normalize")
    parts = done([Job("segment", shard, "flows.segment.shard:segment_shard", {"speeches": str(output.path("speeches.arrow"))},
                      output.digest("speeches.arrow")) for shard, output in before["normalize"].items()], to)
    keep_state(to, "segment", {"segment": parts})
    _account("segment", parts.values())
    if alone:
        keep_checks(to, "segment", check(to, "segment"))


@flow(name="relate")
def relate(settings: dict[str, Any], alone: bool = True) -> None:
    """What holds between speeches: duplicates, shared passages, set wording, the lexicon."""
    to = settings_from(settings)
    normal = kept_state(to, "normalize")[0]["normalize"]
    parts = kept_state(to, "segment")[0]["segment"]
    prints = done([Job("prints", shard, "flows.relate.shard:prints_of_shard", {"speeches": str(output.path("speeches.arrow"))},
                       output.digest("speeches.arrow")) for shard, output in normal.items()], to)
    shards = {shard: {"speeches": str(output.path("speeches.arrow")), "prints": str(prints[shard].path("prints.arrow"))}
              for shard, output in normal.items()}
    depends = [[output.digest("speeches.arrow"), prints[shard].digest()] for shard, output in normal.items()]
    groups = _groups(to, shards, prints, depends)
    held = groups["groups"]["all"]
    for shard, paths in shards.items():
        paths["groups"] = str(held.path(f"{shard}.arrow"))
    depends = [[output.digest("speeches.arrow"), prints[shard].digest(), held.digest(f"{shard}.arrow")] for shard, output in normal.items()]
    passages = _Passages(to, shards, prints, depends)     # each of its steps goes on beside one of the wording, phrases and lexicon
    mined = _wording(to, shards, normal, held)
    wording = mined["wording"]["all"]
    passages.share()
    said = done([Job("phrases", shard, "flows.relate.shard:phrases_of_shard",
                     {"speeches": paths["speeches"], "groups": paths["groups"], "phrases": str(parts[shard].path("phrases.arrow")),
                      "sections": str(parts[shard].path("sections.arrow")), "wording": str(wording.path("wording.arrow"))},
                     [normal[shard].digest("speeches.arrow"), held.digest(f"{shard}.arrow"),
                      parts[shard].digest("phrases.arrow", "sections.arrow"), wording.digest()])
                 for shard, paths in shards.items()], to)
    passages.retell()
    cut = cuts({shard: output.facts["shown"] for shard, output in said.items()}, sum(output.facts["counted"] for output in said.values()))
    entries = Pending([Job("lexicon", f"{number:04d}", "flows.relate.shard:lexicon_of_part",
                           {"from": low, "before": high} | {kind: [str(output.path(f"{kind}.arrow")) for output in said.values()]
                                                            for kind in ("counted", "named")},
                           [low, high, [output.digest("counted.arrow", "named.arrow") for output in said.values()]])
                       for number, (low, high) in enumerate(pairwise([None, *cut, None]))], to)
    shared = passages.outputs()
    lexicon = entries.outputs()
    # with the steps in between: what is not kept is swept away, and would be worked again by every run
    keep_state(to, "relate", {"prints": prints, "lexicon": lexicon, "phrases": said, "passages": shared} | groups | mined | passages.steps)
    _account("relate", [*shared.values(), held, wording, *lexicon.values()])
    if alone:
        keep_checks(to, "relate", check(to, "relate"))


Paths = Mapping[str, Mapping[str, str]]


def _groups(settings: Settings, shards: Paths, prints: Mapping[str, Output], depends: list[Any]) -> dict[str, dict[str, Output]]:
    """The steps to `groups`, which has under "all" which speeches are near-duplicates, a frame a shard."""
    partitions = partitions_of(sum(output.facts["hashes"] for output in prints.values()), SKETCHED_TOGETHER)
    if partitions == 1:
        return {"groups": done([Job("groups", "all", "flows.relate.shard:groups_of_all", {"shards": shards}, depends)], settings)}
    pairs = done([Job("pairs", f"{number:04d}", "flows.relate.shard:pairs_of_partition",
                      {"shards": shards, "partition": number, "partitions": partitions},
                      [[output.digest("prints.arrow", "sketches.arrow") for output in prints.values()], number, partitions])
                  for number in range(partitions)], settings)
    candidates = done([Job("candidates", "all", "flows.relate.shard:candidates_of_all",
                           {"shards": shards, "pairs": [str(output.path("pairs.arrow")) for output in pairs.values()]},
                           [[output.digest("prints.arrow") for output in prints.values()],
                            [output.digest() for output in pairs.values()]])],
                      settings)
    lots = candidates["all"]
    grouped = done([Job("grouped", f"{lot:04d}", "flows.relate.shard:groups_of_lot",
                        {"shards": shards, "lots": str(lots.path("lots.arrow")), "lot": lot}, [depends, lots.digest(), lot])
                    for lot in range(lots.facts["lots"])], settings)
    groups = done([Job("groups", "all", "flows.relate.shard:groups_of_lots",
                       {"shards": shards, "grouped": [str(output.path("grouped.arrow")) for output in grouped.values()]},
                       [depends, [output.digest() for output in grouped.values()]])], settings)
    return {"pairs": pairs, "candidates": candidates, "grouped": grouped, "groups": groups}


def _wording(settings: Settings, shards: Paths, normal: Mapping[str, Output], groups: Output) -> dict[str, dict[str, Output]]:
    """The steps to `wording`, which has the set wording under "all"."""
    blocks = groups.facts["blocks"]
    depends: list[Any] = [[block, [[normal[shard].digest("speeches.arrow"), groups.digest(f"{shard}.arrow")] for shard, *_ in block]]
                          for block in blocks]
    inputs: dict[str, Any] = {"shards": shards, "blocks": blocks}
    steps: dict[str, dict[str, Output]] = {}
    if len(blocks) > 1:
        steps["counted"] = counted = done([
            Job("counted", f"{number:04d}", "flows.relate.shard:wording_of_block", {"shards": shards, "block": block}, depends[number])
            for number, block in enumerate(blocks)], settings)
        inputs = {"counted": [str(output.path("counted.arrow")) for output in counted.values()]}
        depends = [output.digest() for output in counted.values()]
    steps["wording"] = done([Job("wording", "all", "flows.relate.shard:wording_of_all", inputs, depends)], settings)
    return steps


class _Passages:
    """The steps to the passages, each begun as soon as the one before it is done: hits, shared, retold, passages; a corpus of one range is
    done in one."""

    def __init__(self, settings: Settings, shards: Paths, prints: Mapping[str, Output], depends: list[Any]) -> None:
        self._settings, self._shards, self._depends = settings, shards, depends
        seeds = [output.facts["seeds"] for output in prints.values()]
        self._ranges = ranges_of(seeds)
        self._share = share_of(sum(output.facts["codes"] for output in prints.values()))
        self.steps: dict[str, dict[str, Output]] = {}
        if len(self._ranges) == 1:
            self._begun = Pending([Job("passages", "all", "flows.relate.shard:passages_of_all", {"shards": shards}, depends)], settings)
            return
        partitions = partitions_of(sum(seeds), PARTITION)
        self._begun = Pending([self._job("hits", f"{number:04d}", "flows.relate.shard:hits_of_partition",
                                         {"ranges": self._ranges, "partition": number, "partitions": partitions}, partitions)
                               for number in range(partitions)], settings)

    def _job(self, step: str, shard: str, function: str, inputs: Mapping[str, Any], depends: object) -> Job:
        return Job(step, shard, function, {"shards": self._shards, **inputs}, [self._depends, self._ranges, depends])

    def share(self) -> None:
        """Begin to look for what the speeches of each range share."""
        if len(self._ranges) > 1:
            self.steps["hits"] = hits = self._begun.outputs()
            paths = [str(output.path("hits.arrow")) for output in hits.values()]
            self._begun = Pending([self._job("shared", f"{number:04d}", "flows.relate.shard:shared_of_range",
                                             {"ranges": self._ranges, "range": number, "hits": paths, "share": self._share},
                                             [[output.digest() for output in hits.values()], self._share])
                                   for number in range(len(self._ranges))], self._settings)

    def retell(self) -> None:
        """Begin to look for what speeches say again in other words."""
        if len(self._ranges) > 1:
            self.steps["shared"] = shared = self._begun.outputs()
            self._begun = Pending([self._job("retold", "all", "flows.relate.shard:retold_of_all",
                                             {"ranges": self._ranges, "shared": [str(output.folder) for output in shared.values()],
                                              "share": self._share}, [output.digest() for output in shared.values()])], self._settings)

    def outputs(self) -> dict[str, Output]:
        """The passages, a frame a range."""
        if len(self._ranges) == 1:
            return self._begun.outputs()
        self.steps["retold"] = retold = self._begun.outputs()
        return done([Job("passages", number, "flows.relate.shard:passages_of_range",
                         {"rows": [str(output.path("rows.arrow")), str(retold["all"].path(f"{number}.arrow"))]},
                         [output.digest("rows.arrow"), retold["all"].digest(f"{number}.arrow")])
                     for number, output in self.steps["shared"].items()], self._settings)


@flow(name="validate")
def validate(settings: dict[str, Any], alone: bool = True) -> None:
    """Put the final tables together, check them, each and across, and survey them for the papers that publishing writes."""
    to = settings_from(settings)
    first, facts = kept_state(to, "ingest")
    normal = kept_state(to, "normalize")[0]
    parts = kept_state(to, "segment")[0]
    related = kept_state(to, "relate")[0]
    jobs = []
    for shard, output in normal["normalize"].items():
        inputs = {"documents": first["select"][shard].path("documents.arrow"), "dropped": output.path("dropped.arrow"),
                  "speeches": output.path("speeches.arrow"), "outlines": parts["segment"][shard].path("outlines.arrow"),
                  "phrases": related["phrases"][shard].path("phrases.arrow"), "groups": related["groups"]["all"].path(f"{shard}.arrow")}
        depends = [first["select"][shard].digest("documents.arrow"), output.digest("dropped.arrow", "speeches.arrow"),
                   parts["segment"][shard].digest("outlines.arrow"), related["phrases"][shard].digest("phrases.arrow"),
                   related["groups"]["all"].digest(f"{shard}.arrow")]
        jobs.append(Job("assemble", shard, "flows.validate.shard:assemble_shard", {name: str(path) for name, path in inputs.items()},
                        depends))
    failures = [*first["read"].values(), *normal["normalize"].values()]
    gathered = Pending([Job("rejects", "all", "flows.validate.shard:gather_rejects",
                            {"listed": facts["listed_rejects"], "frames": [str(output.path("rejects.arrow")) for output in failures]},
                            [facts["listed_rejects"], [output.digest("rejects.arrow") for output in failures]])], to)
    assembled = done(jobs, to)
    # Where there is little, nothing is drawn of it, and the one that draws is wanted at once for the rest.
    proved = Pending([Job("history", "all", "flows.publish.survey:survey_history",
                          {"speeches": [str(output.path("speeches.arrow")) for output in assembled.values()]},
                          [output.digest("speeches.arrow") for output in assembled.values()], CHARTS if len(assembled) > 1 else WORK)], to)
    judged = Pending([Job("rules", shard, "flows.validate.rules:faults_of_shard",
                      {"documents": str(assembled[shard].path("documents.arrow")), "speeches": str(assembled[shard].path("speeches.arrow")),
                       "edits": str(normal["normalize"][shard].path("edits.arrow")),
                       "sections": str(parts["segment"][shard].path("sections.arrow")),
                       "phrases": str(related["phrases"][shard].path("phrases.arrow"))},
                      [assembled[shard].digest(), normal["normalize"][shard].digest("edits.arrow"),
                       parts["segment"][shard].digest("sections.arrow"), related["phrases"][shard].digest("phrases.arrow")])
                  for shard in assembled], to)
    rejects = gathered.outputs()
    frames = {
        "documents": [(output, "documents.arrow") for output in assembled.values()],
        "speeches": [(output, "speeches.arrow") for output in assembled.values()],
        "sections": [(output, "sections.arrow") for output in parts["segment"].values()],
        "phrases": [(output, "phrases.arrow") for output in related["phrases"].values()],
        "edits": [(output, "edits.arrow") for output in normal["normalize"].values()],
        "lexicon": [(output, "lexicon.arrow") for output in related["lexicon"].values()],
        "passages": [(output, "passages.arrow") for output in related["passages"].values()],
        "rejects": [(rejects["all"], "rejects.arrow")],
    }
    counted = inputs_and_fates(first, facts)
    surveyed = Pending([Job("survey", "all", "flows.publish.survey:survey", {
        "tables": {name: [str(output.path(file)) for output, file in parts_] for name, parts_ in frames.items()}, "facts": counted},
        [{name: [output.digest(file) for output, file in parts_] for name, parts_ in frames.items()}, counted], CHARTS)], to)
    # While the workers take up the rules, so that these come first and what checks them goes on beside the tables.
    _account("validate", assembled.values())
    from flows.publish import page, papers, report  # noqa: F401   # what publishing will ask for, while this process would only wait
    page.template()
    written = Pending([Job("tables", table, "flows.validate.shard:write_table",
                       {"table": table, "frames": [str(output.path(name)) for output, name in parts_]},
                       [output.digest(name) for output, name in parts_]) for table, parts_ in frames.items()], to)
    made = {"rules": judged.outputs(), "rejects": rejects, "assemble": assembled}
    keep_state(to, "validate", made)
    checks = check(to, "validate")
    keep_state(to, "validate", made | {"tables": written.outputs(), "survey": surveyed.outputs(), "history": proved.outputs()})
    keep_checks(to, "validate", checks)


@flow(name="publish")
def publish(settings: dict[str, Any]) -> dict[str, Any]:
    """Judge the checks, write the papers and the quality report, and put the release in place."""
    to = settings_from(settings)
    steps = {stage: kept_state(to, stage) for stage in ("ingest", "normalize", "segment", "relate", "validate")}
    for step in CHECKED:
        steps[step][0]["checks"] = kept_state(to, f"checks-{step}")[0]["checks"]
    published: Published = publish_release(to, steps)
    create_markdown_artifact(published.report_markdown, key="quality-report", description="Quality report of the release")
    if published.folder is None:
        raise CriticalChecks(published.verdict)
    create_markdown_artifact(f"Release `{published.name}` in `{published.folder}`", key="release", description="The published release")
    used = [output.folder for _, (shards, _) in steps.items() for outputs in shards.values() for output in outputs.values()]
    used += [output.folder for outputs in _kept_quarantine(to)[0].values() for output in outputs.values()]
    sweep(to.work_path / "store", used)
    return published.summary()
