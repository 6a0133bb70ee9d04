"""datapackage.json: the tables as a Data Package 2, made from the declarations."""
from __future__ import annotations

from typing import Any

from flows.publish.edition import ABSTRACT, ABSTRACT_ZH, KEYWORDS, TITLE, Edition
from schemas import TABLES
from schemas.table import Column, Table

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"string": "string", "large_string": "string", "bool": "boolean", "date": "date", "int8": "integer", "int16": "integer",
         "int32": "integer", "int64": "integer", "float32": "number", "list<string>": "any", "list<mark>": "any"}
"""Lists are "any": frictionless reads Parquet through pandas, which hands it lists that are no lists to its type "array". No byte counts
are given: of Parquet it counts none. `arrowType` says what a column really is."""


def datapackage(edition: Edition) -> dict[str, Any]:
    """The descriptor, as JSON can hold it."""
    package: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json", "name": "jianghua", "title": TITLE, "version": edition.name,
        "description": f"{ABSTRACT}\n\n{ABSTRACT_ZH}", "keywords": list(KEYWORDS),
        "contributors": [{"title": "Jianghua", "roles": ["publisher"]}]}
    if edition.licence:
        package["licenses"] = [{"title": edition.licence, "path": "SOURCES.md"}]
    named = sorted({(said, source.address or "") for source in edition.sources if (said := source.producer or source.site or source.host)})
    if named:
        package["sources"] = [{"title": title} | ({"path": address} if address else {}) for title, address in named]
    package["resources"] = [_resource(edition, table) for table in TABLES.values()]
    return package


def _resource(edition: Edition, table: Table) -> dict[str, Any]:
    return {"name": table.name, "path": f"{table.name}.parquet", "format": "parquet", "mediatype": "application/vnd.apache.parquet",
            "description": table.english, "description_zh": table.chinese, "rowCount": edition.rows[table.name],
            "sha256": edition.sha256[table.name], "schema": _schema(table)}


def _schema(table: Table) -> dict[str, Any]:
    # What is missing in Parquet is null. Without a word the specification takes the empty string for missing, which is a text here: that
    # of a section whose heading was lost.
    schema: dict[str, Any] = {"$schema": f"{PROFILES}/tableschema.json", "missingValues": [],
                              "fields": [_field(column) for column in table.columns]}
    # A key with a column that may be null cannot be a primary key there.
    if not any(table.column(name).nullable for name in table.key):
        schema["primaryKey"] = list(table.key)
    if table.links:
        schema["foreignKeys"] = [
            {"fields": list(link.columns),
             "reference": {"resource": "" if link.target == table.name else link.target, "fields": list(link.target_columns)}}
            for link in table.links]
    return schema


def _field(column: Column) -> dict[str, Any]:
    kind = TYPES[column.type]
    constraints: dict[str, Any] = {"required": True} if not column.nullable else {}
    if column.values and kind != "any":
        constraints["enum"] = list(column.values)
    for name in ("minimum", "maximum", "pattern"):
        if (value := getattr(column, name)) is not None:
            constraints[name] = value
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.english,
                             "description_zh": column.chinese, "arrowType": str(column.arrow().type)}
    if column.nullable and kind in ("integer", "number"):
        field["missingValues"] = ["nan"]   # which pandas makes of a null among numbers
    return field | ({"constraints": constraints} if constraints else {})
