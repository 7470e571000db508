"""How a release is cited: as a sentence, as ``CITATION.cff`` 1.2.0, and as DataCite 4.6 in JSON.

The formats are at https://citation-file-format.github.io and https://schema.datacite.org.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import yaml

from knipsel.warehouse.release.files.corpus_file import Corpus, Creator
from knipsel.warehouse.release.files.facts import ReleaseFacts
from knipsel.warehouse.release.versions import Release

CITATION = "CITATION.cff"
DATACITE = "datacite.json"

NOT_STATED = ":unav"
"""What DataCite has for a value that it asks for and that is not known."""

PARQUET = "application/vnd.apache.parquet"


def published_on(release: Release) -> str:
    """Return the day of a release, in UTC as all its times."""
    return datetime.fromisoformat(release.created_at).date().isoformat()


def reference(corpus: Corpus | None, release: Release) -> str:
    """Return how a release is cited in a list of references; without a DOI, by its number."""
    year = published_on(release)[:4]
    if corpus is None:
        return f"Release {release.label} of a corpus made with knipsel ({year})."
    makers = "; ".join(creator.name_in_lists for creator in corpus.creators)
    rest = [f"Release {release.label}", corpus.publisher, corpus.address]
    return f"{makers} ({year}): {corpus.title}. {'. '.join(part for part in rest if part)}."


def _cff_creator(creator: Creator) -> dict[str, str]:
    fields = {
        "family-names": creator.family_name,
        "given-names": creator.given_name,
        "name": creator.name,
        "orcid": creator.orcid_url,
        "affiliation": creator.affiliation if creator.is_person else None,
    }
    return {key: value for key, value in fields.items() if value}


def citation_cff(corpus: Corpus, release: Release) -> str:
    """Return ``CITATION.cff``."""
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this corpus, please cite it so.",
        "type": "dataset",
        "title": corpus.title,
        "authors": [_cff_creator(creator) for creator in corpus.creators],
        "version": release.label,
        "date-released": published_on(release),
        "abstract": corpus.description,
        "keywords": list(corpus.subjects),
        "license": corpus.metadata_licence,
        "doi": corpus.doi,
        "url": corpus.url,
    }
    given = {key: value for key, value in fields.items() if value}
    return str(yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=100))


def _datacite_creator(creator: Creator) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": creator.name_in_lists,
        "nameType": "Personal" if creator.is_person else "Organizational",
    }
    if creator.is_person:
        found["familyName"] = creator.family_name
    if creator.given_name:
        found["givenName"] = creator.given_name
    if creator.orcid_url:
        found["nameIdentifiers"] = [
            {
                "nameIdentifier": creator.orcid_url,
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ]
    if creator.affiliation:
        found["affiliation"] = [{"name": creator.affiliation}]
    return found


def _rights(corpus: Corpus) -> Iterator[dict[str, str]]:
    """Yield the licence of what describes the articles, then who has rights in the texts."""
    if corpus.metadata_licence:
        yield {
            "rights": f"{corpus.metadata_licence} (metadata and annotations, not the texts)",
            "rightsUri": f"https://spdx.org/licenses/{corpus.metadata_licence}.html",
            "rightsIdentifier": corpus.metadata_licence.lower(),
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    if corpus.rights:
        yield {"rights": corpus.rights}


def _dates(facts: ReleaseFacts) -> Iterator[dict[str, str]]:
    yield {"date": published_on(facts.release), "dateType": "Issued"}
    if facts.coverage:
        yield {"date": facts.coverage, "dateType": "Coverage"}


def datacite(corpus: Corpus, facts: ReleaseFacts) -> dict[str, Any]:
    """Return what a registry of DOIs asks for, as its JSON has it."""
    release = facts.release
    fields: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "doi": corpus.doi,
        "url": corpus.url,
        "creators": [_datacite_creator(creator) for creator in corpus.creators],
        "titles": [{"title": corpus.title}],
        "publisher": {"name": corpus.publisher or NOT_STATED},
        "publicationYear": published_on(release)[:4],
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Corpus of press articles"},
        "subjects": [{"subject": subject} for subject in corpus.subjects],
        "dates": list(_dates(facts)),
        "version": release.label,
        "sizes": [f"{facts.rows['articles']} articles"],
        "formats": [PARQUET],
        "rightsList": list(_rights(corpus)),
    }
    if corpus.description:
        fields["descriptions"] = [
            {"description": corpus.description, "descriptionType": "Abstract"}
        ]
    if len(facts.languages) == 1:
        fields["language"] = facts.languages[0]
    return {key: value for key, value in fields.items() if value}
