"""Raw article files in; a clean, deduplicated, validated corpus out.

All here is loaded when it is first used, so that importing this takes no time. The same is done
by the commands, under the same names; docs/api.md has examples.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knipsel import flows
    from knipsel.flows.config.settings import Settings
    from knipsel.flows.read.annotation import annotate
    from knipsel.flows.read.documents import ReadArticle, ReadDocument, ReadFile
    from knipsel.flows.read.files import read
    from knipsel.flows.runs.open_warehouse import OpenWarehouse as Warehouse
    from knipsel.flows.runs.open_warehouse import open_warehouse as open  # noqa: A004 - of a module
    from knipsel.flows.runs.open_warehouse import restore_warehouse as restore
    from knipsel.transforms.model import AnnotationRows as Annotations

    __version__: str

__all__ = [
    "Annotations",
    "ReadArticle",
    "ReadDocument",
    "ReadFile",
    "Settings",
    "Warehouse",
    "__version__",
    "annotate",
    "flows",
    "open",
    "read",
    "restore",
]

_PLACES = {
    "Annotations": ("knipsel.transforms.model", "AnnotationRows"),
    "ReadArticle": ("knipsel.flows.read.documents", "ReadArticle"),
    "ReadDocument": ("knipsel.flows.read.documents", "ReadDocument"),
    "ReadFile": ("knipsel.flows.read.documents", "ReadFile"),
    "Settings": ("knipsel.flows.config.settings", "Settings"),
    "Warehouse": ("knipsel.flows.runs.open_warehouse", "OpenWarehouse"),
    "annotate": ("knipsel.flows.read.annotation", "annotate"),
    "open": ("knipsel.flows.runs.open_warehouse", "open_warehouse"),
    "read": ("knipsel.flows.read.files", "read"),
    "restore": ("knipsel.flows.runs.open_warehouse", "restore_warehouse"),
}
"""Where each name is defined."""


def _loaded(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("knipsel")
    if name == "flows":
        return import_module("knipsel.flows")
    module, defined = _PLACES[name]
    return getattr(import_module(module), defined)


if not TYPE_CHECKING:  # so that a type checker knows the names above, and no others

    def __getattr__(name: str) -> Any:
        """Load what is asked for, once."""
        if name not in __all__:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = globals()[name] = _loaded(name)
        return value

    def __dir__() -> list[str]:
        """Return the public names."""
        return __all__
