"""Documents that nobody reads: containers, and files that are held back unread."""

from __future__ import annotations

from knipsel.transforms.model import ProcessedDocument, Rejection
from knipsel.warehouse.intake.containers.model import Container
from knipsel.warehouse.intake.inbox import FoundFile


def unread(found: FoundFile, rejection: Rejection) -> ProcessedDocument:
    """Return a document that is held back without having become anything."""
    return ProcessedDocument(
        document_id=found.document_id,
        media_type="application/octet-stream",
        encoding=None,
        reader=None,
        source_text="",
        rejections=(rejection,),
    )


def container_document(document_id: str, container: Container) -> ProcessedDocument:
    """Return the document that a container is: its text is in its members, or refused."""
    return ProcessedDocument(
        document_id=document_id,
        media_type=container.media_type,
        encoding=None,
        reader=container.reader,
        source_text="",
        rejections=(container.rejection,) if container.rejection else (),
    )
