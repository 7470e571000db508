"""What a container is opened with, and what comes out of it one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knipsel.warehouse.containers.model import Limits, Member, PassedOver

if TYPE_CHECKING:
    from knipsel.warehouse.containers.meter import Meter


@dataclass(frozen=True, slots=True)
class Opening:
    """A container that is to be read: its bytes, its name, and what counts them."""

    file: Path
    name: str
    limits: Limits
    meter: Meter


Entry = Member | PassedOver
