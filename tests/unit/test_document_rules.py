"""Each rule on documents finds the damage that it is for, and passes what is sound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knipsel.expectations.documents.document_rules import RULES, check_document
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import AnnotationRows, ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from tests.pipeline import SAMPLES


@pytest.fixture(scope="module")
def document() -> ProcessedDocument:
    """Return a sound document with an article, removed spans and statements."""
    content = (SAMPLES / "havenbode-onderhandelingen.txt").read_bytes()
    return process(RawDocument("ab" * 32, "page.txt", content), load_registers())


def damage(document: ProcessedDocument) -> dict[str, ProcessedDocument]:
    """Return the document damaged in one way for each rule."""
    article, span = document.articles[0], document.removed_spans[0]
    body = next(item for item in document.paragraphs if item.role == "body")
    aside = next(item for item in document.paragraphs if item.char_start is None)
    proven = next(item for item in document.statements if item.source_start is not None)
    dated = next(item for item in document.statements if item.field == "date_published")
    said = document.annotations or AnnotationRows()
    attributed = next(item for item in said.quotations if item.speaker_mention_id)
    rest = tuple(item for item in document.statements if item.field != "date_published")

    def paragraphs(old: object, new: object) -> ProcessedDocument:
        return replace(
            document,
            paragraphs=tuple(new if item is old else item for item in document.paragraphs),  # type: ignore[misc]
        )

    return {
        "paragraph_is_verbatim": paragraphs(body, replace(body, text=body.text + "!")),
        "role_fits_offsets": paragraphs(aside, replace(aside, role="body")),
        "text_is_its_paragraphs": replace(
            document, articles=(replace(article, text=article.text + " More."),)
        ),
        "digest_is_of_text": replace(document, articles=(replace(article, char_count=1),)),
        "spans_tile_the_source": replace(document, removed_spans=document.removed_spans[1:]),
        "removed_span_is_verbatim": replace(
            document,
            removed_spans=(replace(span, text="Other"), *document.removed_spans[1:]),
        ),
        "statement_is_proven": replace(
            document, statements=(replace(proven, original_text="Never said"),)
        ),
        "date_has_evidence": replace(document, statements=(*rest, replace(dated, value="1999"))),
        "bounds_fit_the_date": replace(
            document, articles=(replace(article, date_published_not_after=None),)
        ),
        "annotation_is_verbatim": replace(
            document,
            annotations=replace(said, quotations=(replace(attributed, text="Never said"),)),
        ),
        "speaker_is_mentioned": replace(
            document,
            annotations=replace(
                said, quotations=(replace(attributed, speaker_mention_id="0-1.m1"),)
            ),
        ),
        "document_is_accounted_for": replace(document, articles=()),
    }


def test_a_sound_document_passes(document: ProcessedDocument) -> None:
    """Nothing is found where nothing is wrong, and every rule looked at something."""
    findings, checks = check_document(document)
    assert findings == []
    assert {check.rule for check in checks} == {rule.name for rule in RULES}
    assert all(check.element_count for check in checks)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_each_rule_finds_its_damage(document: ProcessedDocument, rule: str) -> None:
    """The rule finds the damage, names the document, and says what is wrong."""
    findings, checks = check_document(damage(document)[rule])
    found = [finding for finding in findings if finding.rule == rule]
    assert found
    assert {finding.document_id for finding in found} == {document.document_id}
    assert all(finding.message.endswith(".") for finding in found)
    counted = {check.rule: check.unexpected_count for check in checks}
    assert counted[rule] == len(found)


def test_an_overlap_is_found(document: ProcessedDocument) -> None:
    """A stretch of the source that is in two spans breaks the tiling."""
    span = document.removed_spans[0]
    wider = replace(span, source_end=span.source_end + 20)
    damaged = replace(document, removed_spans=(wider, *document.removed_spans[1:]))
    assert "spans_tile_the_source" in {finding.rule for finding in check_document(damaged)[0]}
