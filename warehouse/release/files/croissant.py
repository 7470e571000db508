"""``croissant.json``: the release as Croissant 1.0, with what responsible use asks (RAI 1.0).

The formats are at https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html and
https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knipsel.warehouse.contract import Column, ColumnType, Table
from knipsel.warehouse.release.files.citation import published_on, reference
from knipsel.warehouse.release.files.corpus_file import Corpus, Creator
from knipsel.warehouse.release.files.datapackage import DESCRIPTION
from knipsel.warehouse.release.files.facts import ReleaseFacts

CROISSANT = "croissant.json"

PARQUET = "application/x-parquet"
"""What readers of Croissant take for Parquet; they know no other name of it."""

FIELD_TYPES: Mapping[ColumnType, str] = {
    ColumnType.STRING: "sc:Text",
    ColumnType.INTEGER: "sc:Integer",
    ColumnType.NUMBER: "sc:Float",
    ColumnType.BOOLEAN: "sc:Boolean",
    ColumnType.DATE: "sc:Date",
    ColumnType.TIMESTAMP: "sc:Date",
}

CLEANING = (
    "Text was extracted from each source; what is not the article (navigation, notices, captions) "
    "was cut, and every cut stretch stands in `removed_spans` with the reason. Values of an "
    "article have their evidence in `statements`, with the probability that they are right where "
    "it is estimated; what is not sure enough is null. Duplicates are marked, none is removed."
)
"""What is done to each corpus, and where a reader sees it."""

_NAMES = (
    "column", "conformsTo", "dataBiases", "dataCollection", "equivalentProperty", "extract",
    "field", "fileObject", "fileProperty", "fileSet", "format", "includes", "isLiveDataset",
    "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
_IN_DUBLIN_CORE = {"conformsTo"}
_OF_RESPONSIBLE_USE = {"dataBiases", "dataCollection"}


def _context() -> dict[str, Any]:
    """Return what the names mean, as the format's own context says."""
    names: dict[str, Any] = {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "citeAs": "cr:citeAs",
    }
    for name in _NAMES:
        start = "dct" if name in _IN_DUBLIN_CORE else "cr"
        names[name] = f"{'rai' if name in _OF_RESPONSIBLE_USE else start}:{name}"
    names["data"] = {"@id": "cr:data", "@type": "@json"}
    names["examples"] = {"@id": "cr:examples", "@type": "@json"}
    names["dataType"] = {"@id": "cr:dataType", "@type": "@vocab"}
    return names


def _creator(creator: Creator) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "sc:Person" if creator.is_person else "sc:Organization",
        "name": creator.full_name,
    }
    if creator.orcid_url:
        found["identifier"] = creator.orcid_url
    if creator.affiliation:
        found["affiliation"] = {"@type": "sc:Organization", "name": creator.affiliation}
    return found


def _field(table: Table, column: Column) -> dict[str, Any]:
    """Return a column; one that stands for a row of another table says of which."""
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": FIELD_TYPES[column.type],
        "source": {"fileObject": {"@id": _file_id(table)}, "extract": {"column": column.name}},
    }
    if column.term_uri:
        field["equivalentProperty"] = column.term_uri
    return field


def _file_id(table: Table) -> str:
    return f"{table.name}.parquet"


def _record_set(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "field": [_field(table, column) for column in table.columns],
    }
    if table.primary_key:
        found["key"] = [{"@id": f"{table.name}/{name}"} for name in table.primary_key]
    return found


def _distribution(facts: ReleaseFacts) -> list[dict[str, str]]:
    return [
        {
            "@type": "cr:FileObject",
            "@id": _file_id(table),
            "name": _file_id(table),
            "description": table.description,
            "contentUrl": facts.files[table.name][0],
            "encodingFormat": PARQUET,
            "sha256": facts.files[table.name][1],
        }
        for table in facts.tables
    ]


def _responsible_use(corpus: Corpus) -> dict[str, str | None]:
    """Return what is asked of data that models learn from; the cleaning is known in any case."""
    said = corpus.data_card
    return {
        "rai:dataCollection": said.collection,
        "rai:dataPreprocessingProtocol": "\n\n".join(filter(None, (CLEANING, said.cleaning))),
        "rai:dataBiases": said.biases,
        "rai:dataLimitations": said.limitations,
        "rai:personalSensitiveInformation": said.personal_data,
        "rai:dataUseCases": said.uses,
    }


def croissant(corpus: Corpus, facts: ReleaseFacts) -> dict[str, Any]:
    """Return the description of a release; what the makers did not state is left out.

    Its version is in three numbers, as the format wants it: 3.1.0 is revision 000003.1.
    """
    licence = corpus.metadata_licence
    stated: dict[str, Any] = {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.0",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        "name": corpus.short_name,
        "alternateName": corpus.title,
        "description": corpus.description or DESCRIPTION,
        "creator": [_creator(creator) for creator in corpus.creators],
        "publisher": corpus.publisher and {"@type": "sc:Organization", "name": corpus.publisher},
        "license": licence and f"https://spdx.org/licenses/{licence}.html",
        "copyrightNotice": corpus.rights,
        "url": corpus.address,
        "datePublished": published_on(facts.release),
        "version": f"{int(facts.release.version)}.{facts.release.revision}.0",
        "keywords": list(corpus.subjects),
        "inLanguage": list(facts.languages),
        "temporalCoverage": facts.coverage,
        "citeAs": reference(corpus, facts.release),
        **_responsible_use(corpus),
        "distribution": _distribution(facts),
        "recordSet": [_record_set(table) for table in facts.tables],
    }
    return {key: value for key, value in stated.items() if value}
