"""Where everything in a warehouse lies."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from knipsel.warehouse.addresses.secrets import remember

DEFAULT_WAREHOUSE = Path("warehouse")
"""The folder of the warehouse that a command works on where none is named."""

SETTINGS_FILE = "knipsel.toml"
"""What is configured, in a warehouse or where a command runs."""


def embedded_catalog(root: Path) -> Path:
    """Return where the catalogue of the warehouse in a folder is, unless it is configured."""
    return root / "catalog.sqlite"


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The folders and files of one warehouse.

    ``catalog`` and ``data`` are where the lake keeps its catalogue and its Parquet files:
    paths below ``root``, unless a team's configuration points elsewhere (a PostgreSQL
    connection string, an address of object storage). Both may hold a secret, so neither is
    shown where a warehouse is. ``catalog_schema`` is the schema of the catalogue in a PostgreSQL
    database, its usual one where None.
    """

    root: Path
    archive: Path
    catalog: str = field(repr=False)
    data: str = field(repr=False)
    catalog_schema: str | None = None

    @classmethod
    def at(
        cls,
        root: Path,
        *,
        archive: Path | None = None,
        catalog: str | None = None,
        data: str | None = None,
        catalog_schema: str | None = None,
    ) -> Warehouse:
        """Return the warehouse in a folder, self-contained where nothing else is said.

        Raises ``ValueError`` where a path is none in UTF-8: DuckDB opens no other; and where a
        schema is named for a catalogue that has none.
        """
        root = root.absolute()
        for path in (root, *([archive] if archive else [])):
            _check_utf8(path)
        remember(*filter(None, (catalog, data)))
        if catalog_schema and not _is_in_postgres(catalog or ""):
            message = (
                f"A schema is named for the catalogue, {catalog_schema!r}, which only one in "
                "PostgreSQL has: name that in KNIPSEL_CATALOG, or no schema."
            )
            raise ValueError(message)
        return cls(
            root=root,
            archive=(archive or root / "archive").absolute(),
            catalog=catalog or f"sqlite:{embedded_catalog(root)}",
            data=data or f"{root / 'data'}/",
            catalog_schema=catalog_schema or None,
        )

    @property
    def is_embedded(self) -> bool:
        """Whether the catalogue is the SQLite file in the warehouse's own folder."""
        return self.catalog == f"sqlite:{embedded_catalog(self.root)}"

    @property
    def is_in_postgres(self) -> bool:
        """Whether the catalogue is in a PostgreSQL database."""
        return _is_in_postgres(self.catalog)

    @property
    def has_remote_data(self) -> bool:
        """Whether the lake's data are in an object store, not on disk."""
        return "://" in self.data

    @property
    def exists(self) -> bool:
        """Whether something was ever ingested here."""
        return not self.is_embedded or embedded_catalog(self.root).exists()

    @property
    def releases(self) -> Path:
        """The folder of releases, one folder for each version."""
        return self.root / "releases"

    @property
    def latest(self) -> Path:
        """The link to the release that readers take."""
        return self.root / "latest"

    @property
    def versions_file(self) -> Path:
        """The list of releases; it changes last."""
        return self.root / "versions.json"

    @property
    def was_published(self) -> bool:
        """Whether there is a release, or a list of releases."""
        return self.versions_file.exists() or any(self.releases.glob("[0-9]*"))

    @property
    def furniture_file(self) -> Path:
        """The register of lines that recur on the pages of this corpus."""
        return self.root / "furniture.toml"

    @property
    def corrections_file(self) -> Path:
        """What people corrected of its articles."""
        return self.root / "corrections.csv"

    @property
    def registers_used(self) -> Path:
        """The folder of the registers of one's own that runs used, each by its SHA-256."""
        return self.root / "registers_used"

    @property
    def bounds_file(self) -> Path:
        """The bounds of this corpus; where there is none, those of the configuration hold."""
        return self.root / "bounds.toml"

    @property
    def verified(self) -> Path:
        """The folder of reports of verifications, each under its date."""
        return self.root / "verified"

    @property
    def lock_file(self) -> Path:
        """The file that whoever commits or releases holds a lock on."""
        return self.root / ".lock"

    def staging(self, run_id: str) -> Path:
        """Return the folder of a run's staged rows."""
        return self.root / "staging" / run_id


def _is_in_postgres(catalog: str) -> bool:
    return catalog.startswith("postgres:")


def _check_utf8(path: Path) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        message = (
            f"The folder {str(path)!r} has a name that is no UTF-8, or that the locale takes for "
            "none; name another folder, or set PYTHONUTF8=1."
        )
        raise ValueError(message) from None
