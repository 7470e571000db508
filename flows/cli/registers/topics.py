"""The command ``registers topics``."""

from __future__ import annotations

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
)
from knipsel.flows.cli.print.answers import print_answer


def topics(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the topics of the codebooks in use: what each means, its IPTC Media Topic, languages."""
    from knipsel.flows.config.codebooks import listed_topics
    from knipsel.flows.config.settings import Settings

    settings = Settings.of(warehouse)
    found = listed_topics(settings.registers, settings.annotating())
    print_answer(found, as_json=as_json, as_csv=as_csv)
