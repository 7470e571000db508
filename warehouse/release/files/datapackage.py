"""``datapackage.json``: the release described as a Data Package 2.

The standard is at https://datapackage.org/standard/data-package/; every table, column,
type, key and rule in it comes from the contract, and can be read back from it: so a release
tells what the contract was when it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from knipsel.warehouse.contract import Column, ColumnType, ForeignKey, Table
from knipsel.warehouse.contract.model import PREFIXES, Between, Matches, OneOf, Rule
from knipsel.warehouse.release.files.citation import reference
from knipsel.warehouse.release.files.corpus_file import Corpus, Creator
from knipsel.warehouse.release.files.facts import ReleaseFacts
from knipsel.warehouse.release.versions import Release

DESCRIPTION = "Articles with their paragraphs, their evidence, and what was left out."
"""What a corpus is whose makers do not describe it."""

PACKAGE = "datapackage.json"

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

FIELD_TYPES: Mapping[ColumnType, str] = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.NUMBER: "number",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "date",
    ColumnType.TIMESTAMP: "datetime",
}


def constraints(column: Column) -> dict[str, Any]:
    """Return a column's rules as Table Schema constraints."""
    found: dict[str, Any] = {} if column.nullable else {"required": True}
    for rule in column.rules:
        match rule:
            case OneOf(values):
                found["enum"] = list(values)
            case Matches(pattern):
                found["pattern"] = f"^(?:{pattern})$"
            case Between() if column.nullable and column.type is ColumnType.NUMBER:
                pass  # readers take null for NaN there, which lies within no bounds
            case Between(minimum, maximum):
                bounds = {"minimum": minimum, "maximum": maximum}
                found |= {name: bound for name, bound in bounds.items() if bound is not None}
    return found


def field(column: Column) -> dict[str, Any]:
    """Return a column as a field of a Table Schema."""
    described: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES[column.type],
        "description": column.description,
    }
    if column.term_uri:
        described["rdfType"] = column.term_uri
    if found := constraints(column):
        described["constraints"] = found
    return described


def table_schema(table: Table, keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return a table as a Table Schema; ``keys`` are the primary keys of all tables."""
    schema: dict[str, Any] = {"fields": [field(column) for column in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    foreign = [key for key in table.foreign_keys if key.columns]
    if foreign:
        schema["foreignKeys"] = [
            {
                "fields": list(key.columns),
                "reference": {"resource": key.table, "fields": list(keys[key.table])},
            }
            for key in foreign
        ]
    return schema


def resource(table: Table, path: str, sha256: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a table's Parquet file, whose columns a schema describes, as a Data Resource."""
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": f"sha256:{sha256}",
        "schema": schema,
    }


def _contributor(creator: Creator) -> dict[str, Any]:
    names = {
        "title": creator.full_name,
        "givenName": creator.given_name,
        "familyName": creator.family_name,
        "path": creator.orcid_url,
        "organization": creator.affiliation,
    }
    return {key: name for key, name in names.items() if name} | {"roles": ["creator"]}


def _described(corpus: Corpus | None, release: Release) -> dict[str, Any]:
    """Return what stands at the head of the package: what the makers say, where they do."""
    if corpus is None:
        return {
            "name": "knipsel",
            "title": "Press clippings: a clean, deduplicated, validated corpus",
            "description": DESCRIPTION,
        }
    licence = corpus.metadata_licence
    stated: dict[str, Any] = {
        "id": corpus.address,
        "name": corpus.short_name,
        "title": corpus.title,
        "description": corpus.description or DESCRIPTION,
        "homepage": corpus.url,
        "contributors": [_contributor(creator) for creator in corpus.creators],
        "keywords": list(corpus.subjects),
        "licenses": licence
        and [
            {
                "name": licence,
                "path": f"https://spdx.org/licenses/{licence}.html",
                "title": "of metadata and annotations, not of the texts",
            }
        ],
        "rights": corpus.rights,
        "contact": corpus.contact,
        "citation": reference(corpus, release),
    }
    return {key: value for key, value in stated.items() if value}


def data_package(facts: ReleaseFacts, corpus: Corpus | None) -> dict[str, Any]:
    """Return the description of a release with its tables, and of the corpus as people state it."""
    release = facts.release
    keys = {table.name: table.primary_key for table in facts.tables}
    return {
        "$schema": PROFILE,
        **_described(corpus, release),
        "version": release.label,
        "contract_version": release.contract_version,
        "created": datetime.fromisoformat(release.created_at).isoformat(),
        "resources": [
            resource(table, *facts.files[table.name], table_schema(table, keys))
            for table in facts.tables
        ],
    }


def read_tables(package: Mapping[str, Any]) -> tuple[Table, ...]:
    """Return the tables that a data package of ours describes; their order of rows it does not."""
    return tuple(_read_table(resource) for resource in package["resources"])


def _read_table(resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    return Table(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        columns=tuple(_read_field(field) for field in schema["fields"]),
        primary_key=tuple(schema.get("primaryKey", ())),
        sort_by=(),
        foreign_keys=tuple(
            ForeignKey(tuple(key["fields"]), key["reference"]["resource"])
            for key in schema.get("foreignKeys", ())
        ),
    )


def _read_field(field: Mapping[str, Any]) -> Column:
    types = {name: kind for kind, name in FIELD_TYPES.items()}
    found = field.get("constraints", {})
    return Column(
        field["name"],
        types[field["type"]],
        field["description"],
        term=_read_term(field.get("rdfType")),
        nullable="required" not in found,
        rules=tuple(_read_rules(found)),
    )


def _read_term(uri: str | None) -> str | None:
    """Return the term that an address stands for, as columns have it."""
    for prefix, start in PREFIXES.items():
        if uri and uri.startswith(start):
            return f"{prefix}:{uri.removeprefix(start)}"
    return None


def _read_rules(found: Mapping[str, Any]) -> Iterator[Rule]:
    """Yield the rules that constraints were made of; how grave they are is not said."""
    if "enum" in found:
        yield OneOf(tuple(found["enum"]))
    if "pattern" in found:
        yield Matches(found["pattern"].removeprefix("^(?:").removesuffix(")$"))
    if found.keys() & {"minimum", "maximum"}:
        yield Between(found.get("minimum"), found.get("maximum"))
