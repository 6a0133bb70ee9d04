"""croissant.json: the tables as Croissant 1.1 with the fields of its extension for responsible AI, made from the declarations."""
from __future__ import annotations

from typing import Any

from flows.publish.edition import ABSTRACT, ABSTRACT_ZH, KEYWORDS, MAKERS, TITLE, Edition
from schemas import TABLES
from schemas.table import Column, Table

CROISSANT = "http://mlcommons.org/croissant"
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "arrayShape": "cr:arrayShape", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "containedIn": "cr:containedIn", "cr": f"{CROISSANT}/", "rai": f"{CROISSANT}/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "description": {"@container": "@language"}, "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5",
    "name": {"@container": "@language"}, "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "samplingRate": "cr:samplingRate", "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform"}
TYPES = {"string": "sc:Text", "large_string": "sc:Text", "bool": "sc:Boolean", "date": "sc:Date", "int8": "sc:Integer",
         "int16": "sc:Integer", "int32": "sc:Integer", "int64": "sc:Integer", "float32": "sc:Float", "list<string>": "sc:Text"}
MARK = {"start": "sc:Integer", "end": "sc:Integer", "kind": "sc:Text"}
NO_LICENCE = "The rights in each text stay with its owner: see SOURCES.md"

RESPONSIBLE: dict[str, Any] = {
    "rai:dataCollection": "Documents were gathered by others, from web pages, archives and published corpora; this release reads what it was "
                          "given and says of every document where it came from, as far as the document or its provenance card says so.",
    "rai:dataCollectionType": ["Web Scraping", "Secondary Data Analysis"],
    "rai:dataCollectionMissingData": "A null means that the document does not say it, never that nobody looked. Documents that are no "
                                     "speeches are kept in `documents` with a reason; inputs that could not be opened are in `rejects`.",
    "rai:dataCollectionRawData": "The text of each document after decoding and nothing else is in `documents.raw_text`.",
    "rai:dataPreprocessingProtocol": ["Decoding, repair of encoding damage, removal of site furniture and anti-copy noise, conversion to "
                                      "simplified script and full-width punctuation, joining of broken lines. Every change is a row of `edits`, by "
                                      "which each text can be walked back to its raw text."],
    "rai:dataAnnotationProtocol": ["Titles, dates, speakers, places, sections and phrases are found by rules and word lists, which are part "
                                   "of the published code; dates carry the words that they rest on. No person has annotated them."],
    "rai:machineAnnotationTools": ["Jianghua"],
    "rai:dataBiases": ["What circulates on the web is not what was said: model speeches, party schools and a few provinces are "
                       "over-represented, and reprints abound. Count over `is_canonical` rows.",
                       "Texts that circulate as speeches are no proof that they were given."],
    "rai:dataUseCases": ["Study of political language: which formula appears when, where, in whose mouth and in which part of a speech",
                         "Corpus linguistics of written-to-be-spoken Chinese", "Segmentation and deduplication of Chinese documents"],
    "rai:dataLimitations": ["Dates, speakers and places are what the document says, and may be wrong there; `defects` marks contradictions.",
                            "Not for telling what a named person has said without looking at the source.",
                            "Repairs of damaged text are guesses with evidence; `mojibake_repaired` marks them."],
    "rai:dataSocialImpact": "Makes official language open to study. Could be used to imitate it, or to attribute words to people who did not say "
                            "them.",
    "rai:personalSensitiveInformation": ["Names of officials in their office. Texts can hold data of private persons (telephone numbers, names "
                                         "in lists); such texts carry `personal_data` in `defects`. Political opinions are the subject."],
    "rai:dataReleaseMaintenancePlan": "A release is never changed. A correction is a new release, with a changelog against the one before.",
}


def croissant(edition: Edition) -> dict[str, Any]:
    """The description, as JSON can hold it."""
    year, month, day = (int(part) for part in edition.date.split("-"))
    return {
        "@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": [f"{CROISSANT}/1.1", f"{CROISSANT}/RAI/1.0"], "name": "jianghua",
        "alternateName": TITLE, "description": {"en": ABSTRACT, "zh": ABSTRACT_ZH}, "keywords": list(KEYWORDS), "inLanguage": "zh",
        # Semantic versions allow no zero in front.
        "version": f"{year}.{month}.{day}+{edition.name.rpartition('-')[2]}", "datePublished": edition.date,
        "url": f"urn:sha256:{edition.sha256['speeches']}", "license": edition.licences or NO_LICENCE,
        "creator": {"@type": "sc:Organization", "name": MAKERS},
        "citeAs": f"@misc{{jianghua, title={{{TITLE}}}, author={{{{{MAKERS}}}}}, year={{{year}}}, version={{{edition.name}}}}}",
        **RESPONSIBLE,
        "distribution": [_file(edition, table) for table in TABLES.values()],
        "recordSet": [_records(table) for table in TABLES.values()]}


def _file(edition: Edition, table: Table) -> dict[str, Any]:
    return {"@type": "cr:FileObject", "@id": f"{table.name}.parquet", "name": f"{table.name}.parquet",
            "description": {"en": table.english, "zh": table.chinese}, "contentUrl": f"{table.name}.parquet",
            "contentSize": f"{edition.bytes[table.name]} B", "encodingFormat": "application/x-parquet",
            "sha256": edition.sha256[table.name]}


def _records(table: Table) -> dict[str, Any]:
    return {"@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": {"en": table.english, "zh": table.chinese},
            "key": [{"@id": f"{table.name}/{name}"} for name in table.key], "field": [_field(table, column) for column in table.columns]}


def _field(table: Table, column: Column) -> dict[str, Any]:
    name = f"{table.name}/{column.name}"
    source = {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}}
    field: dict[str, Any] = {"@type": "cr:Field", "@id": name, "name": column.name,
                             "description": {"en": column.english, "zh": column.chinese}}
    if column.type.startswith("list"):
        field |= {"isArray": True, "arrayShape": "-1"}
    if column.type == "list<mark>":
        field["subField"] = [{"@type": "cr:Field", "@id": f"{name}/{part}", "name": part, "dataType": kind, "isArray": True,
                              "arrayShape": "-1", "source": source | {"transform": {"jsonPath": part}}} for part, kind in MARK.items()]
        return field
    # Links between tables stand in datapackage.json: mlcroissant joins whatever refers, and fails where the target refers further.
    return field | {"dataType": TYPES[column.type], "source": source}
