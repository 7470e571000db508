"""What the validation page says of documents that are held back."""

from __future__ import annotations

from knipsel.warehouse.contract.advice import OF_CONTAINERS, OF_READERS, OF_RETRACTIONS

ADVICE = {**OF_READERS, **OF_CONTAINERS, **OF_RETRACTIONS}

OF_THE_AUDIT = (
    "The file was read, but what came of it breaks a rule of the audit: a fault of knipsel and not "
    "of the file. Report the rule and the value."
)

AS_SAID = "Do what the reason says, and ingest the file again."


def advice(rule: str, *, is_of_audit: bool) -> str:
    """Return what to do about documents that a rule holds back."""
    known = ADVICE.get(rule)
    if known is not None:
        return known.advice
    return OF_THE_AUDIT if is_of_audit else AS_SAID
