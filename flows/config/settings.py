"""The configuration: environment variables ``KNIPSEL_*``, or ``knipsel.toml``.

There may be one in the warehouse, and one in the folder where the command runs: the environment
goes before the first, and the first before the second.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from knipsel.expectations.bounds.conditions import Condition, condition_of
from knipsel.flows.config.alerts import Alerts
from knipsel.flows.config.tolerance import DOCUMENTS, SHARE, Tolerance
from knipsel.flows.read.budget import MEMORY, RUN_SECONDS, SECONDS, Budget
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.model import (
    ANNOTATORS,
    PROJECT_CODEBOOKS,
    Annotating,
    Annotator,
    ProjectCodebook,
)
from knipsel.warehouse.intake.containers.model import Limits
from knipsel.warehouse.layout import DEFAULT_WAREHOUSE, SETTINGS_FILE, Warehouse

REGISTERS = "registers"
"""The setting, and the folder in a warehouse that it is where nothing else is said."""
_PATHS = (REGISTERS, "bounds", "archive", "metrics_file")
MEBIBYTE = 1 << 20
GIBIBYTE = 1 << 30


class Settings(BaseSettings):
    """What can be configured, with what happens where nothing is."""

    model_config = SettingsConfigDict(
        env_prefix="KNIPSEL_",
        env_nested_delimiter="__",
        toml_file=SETTINGS_FILE,
        extra="forbid",
        hide_input_in_errors=True,
    )

    sources: list[Path] = Field(
        default=[Path("corpus/inbox"), Path("corpus/samples/articles")],
        description="Where `ingest` looks for files when no path is given.",
    )
    archive: Path = Field(
        default=Path("corpus/archive"),
        description="Where sources are kept by hash, for the default warehouse.",
    )
    catalog: SecretStr | None = Field(
        default=None,
        description="The lake's catalogue, such as `postgres:dbname=knipsel host=db`.",
    )
    catalog_schema: str | None = Field(
        default=None,
        pattern=r"^[a-z_][a-z0-9_]{0,62}$",
        description="The schema of the catalogue in a PostgreSQL database that several warehouses "
        "share, such as `knipsel_regional`; created where it is not there.",
    )
    data: SecretStr | None = Field(
        default=None, description="Where the lake's Parquet files lie, such as `s3://bucket/lake/`."
    )
    registers: Path | None = Field(
        default=None,
        description="A folder of registers of your own, which add to the project's; without it "
        "`registers/` in the warehouse, where there is one.",
    )
    annotations: tuple[Annotator, ...] = Field(
        default=ANNOTATORS,
        description="The annotators that are at work, as a list; with `[]` none is.",
    )
    codebooks: tuple[ProjectCodebook, ...] = Field(
        default=(),
        description="The codebooks of the project that are used beside yours, as a list: "
        "`negotiations` (to end a war).",
    )
    dask_address: str | None = Field(
        default=None, description="A Dask scheduler to run batches on, such as `tcp://dask:8786`."
    )
    workers: int = Field(
        default=os.cpu_count() or 1,
        ge=1,
        description="Batches that a large run reads at a time, each in a process of its own.",
    )
    large_run_bytes: int = Field(
        default=16 * MEBIBYTE,
        ge=0,
        description="Runs with more new bytes than this read several batches at the same time.",
    )
    batch_bytes: int = Field(
        default=4 * MEBIBYTE, ge=1, description="Bytes of source files in a batch, about."
    )
    batch_documents: int = Field(default=256, ge=1, description="Documents in a batch at most.")
    max_document_bytes: int = Field(
        default=32 * MEBIBYTE, ge=1, description="Larger files are quarantined unread."
    )
    max_document_seconds: int = Field(
        default=SECONDS,
        ge=1,
        description="Files that take more processor time to read are quarantined, and of those "
        "that stand still, after five times as long by the clock.",
    )
    max_slow_seconds: int = Field(
        default=RUN_SECONDS,
        ge=1,
        description="What all files of a run may take together, by the clock, that take more than "
        "a minute each; once it is spent, such files are quarantined.",
    )
    max_document_memory: int = Field(
        default=MEMORY,
        ge=64 * MEBIBYTE,
        description="Files that take more bytes of memory to read are quarantined (on Linux).",
    )
    own_error_documents: int = Field(
        default=DOCUMENTS,
        ge=0,
        description="A run in which errors of knipsel's own hold back more documents than this and "
        "a larger share than the next commits nothing.",
    )
    own_error_share: float = Field(
        default=SHARE,
        ge=0,
        le=1,
        description="The share of a run's documents that such errors may hold back; 1 commits the "
        "others whatever happens.",
    )
    max_archive_bytes: int = Field(
        default=8 * GIBIBYTE,
        ge=1,
        description="Archives that unpack to more are quarantined: a disk has an end. The largest "
        "parts of a web crawl have 5 GB.",
    )
    max_archive_ratio: int = Field(
        default=200,
        ge=1,
        description="Archives that unpack to more times their size are quarantined: texts shrink "
        "to a tenth, very alike ones to a fiftieth.",
    )
    max_archive_members: int = Field(
        default=250_000,
        ge=1,
        description="Archives with more entries are quarantined: their names are held in memory.",
    )
    max_archive_depth: int = Field(
        default=3,
        ge=1,
        description="Archives that are nested deeper are quarantined: a mailbox in GZ in a ZIP "
        "makes three.",
    )
    max_member_name: int = Field(
        default=1024,
        ge=64,
        description="Archives with a longer name of a file in them are quarantined: no disk keeps "
        "such names. Addresses in a WARC are cut.",
    )
    max_query_seconds: int = Field(
        default=600,
        ge=1,
        description="Queries that take longer are stopped; those of `sql --unsafe` never.",
    )
    duplicates: DuplicateSettings = Field(
        default_factory=DuplicateSettings,
        description="How duplicates are found; changed settings link everything anew.",
    )
    absolute_paths: bool = Field(
        default=False,
        description="Whether releases say where sources were seen as absolute paths, which tell of "
        "the machine; otherwise they are relative to the warehouse's folder.",
    )
    search_index: bool = Field(
        default=True,
        description="Whether a release gets an index for `search` at once; without it, the first "
        "search makes it.",
    )
    bounds: Path | None = Field(
        default=None,
        description="A file of bounds on the whole corpus to use instead of the project's own; "
        "`bounds.toml` in a warehouse's folder wins over both.",
    )
    fail_on: list[str] = Field(
        default=[],
        description="What makes an ingest fail before it commits anything, as a list of "
        "conditions such as `quarantined > 5%`; `--fail-on` names others.",
    )
    alerts: Alerts = Field(
        default_factory=Alerts,
        description="Who is told when a run fails and the like ([operation](operation.md#alerts)).",
    )
    metrics_file: Path | None = Field(
        default=None,
        description="A file of figures in OpenMetrics text, written after each run, such as "
        "`/var/lib/node_exporter/knipsel.prom`.",
    )
    log_json: bool = Field(
        default=False, description="Write lines of the log, and of runs, as JSON."
    )
    ingest_cron: str = Field(default="0 * * * *", description="When `serve` ingests.")
    publish_cron: str = Field(default="30 4 * * *", description="When `serve` publishes.")
    server_port: int = Field(
        default=4200, ge=0, description="The port of the Prefect server that `serve` starts."
    )

    @field_validator("fail_on")
    @classmethod
    def _are_conditions(cls, said: list[str]) -> list[str]:
        for one in said:
            condition_of(one)
        return said

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values from the environment first, then from ``knipsel.toml``."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def of(cls, root: Path) -> Settings:
        """Return what is configured for the warehouse in a folder, which need not be there.

        What its own ``knipsel.toml`` says goes before the one where the command runs; paths in
        it start from its folder. Registers in the folder ``registers`` of the warehouse are its.
        """
        environment = EnvSettingsSource(cls)()
        return cls(**_without(_said_in(root), environment))

    def warehouse_at(self, root: Path) -> Warehouse:
        """Return the warehouse in a folder; any but the default one is self-contained.

        Its archive lies in it, unless its own ``knipsel.toml`` says where.
        """
        is_default = root.absolute() == DEFAULT_WAREHOUSE.absolute()
        is_own = "archive" in _said_in(root)
        return Warehouse.at(
            root,
            archive=self.archive if is_default or is_own else None,
            catalog=self.catalog.get_secret_value() if self.catalog else None,
            data=self.data.get_secret_value() if self.data else None,
            catalog_schema=self.catalog_schema,
        )

    def annotating(self) -> Annotating:
        """Return which annotators are at work, and with which of the project's codebooks."""
        return Annotating(self.annotations, self.codebooks)

    def annotating_texts(self) -> Annotating:
        """Return the same for a text that stands in no corpus.

        Whoever asks for its topics without naming a codebook gets all that the project has.
        """
        return Annotating(self.annotations, self.codebooks or PROJECT_CODEBOOKS)

    def document_budget(self) -> Budget:
        """Return what reading a document may take."""
        return Budget(self.max_document_seconds, self.max_document_memory, self.max_slow_seconds)

    def conditions(self) -> list[Condition]:
        """Return what makes an ingest fail before it commits."""
        return [condition_of(one) for one in self.fail_on]

    def tolerance(self) -> Tolerance:
        """Return how many documents errors of knipsel's own may hold back."""
        return Tolerance(self.own_error_documents, self.own_error_share)

    def container_limits(self) -> Limits:
        """Return what a container may hold."""
        return Limits(
            unpacked_bytes=self.max_archive_bytes,
            ratio=self.max_archive_ratio,
            members=self.max_archive_members,
            depth=self.max_archive_depth,
            name_characters=self.max_member_name,
        )


def _said_in(root: Path) -> dict[str, Any]:
    """Return what a warehouse says of its configuration, with paths from its folder on.

    Raises ``ValueError`` where its file is no TOML.
    """
    file, folder = root / SETTINGS_FILE, root.absolute()
    said: dict[str, Any] = {}
    if file.is_file():
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            message = f"{file}: {error}"
            raise ValueError(message) from error
    if (folder / REGISTERS).is_dir():
        said = {REGISTERS: REGISTERS, **said}
    for name in _PATHS:
        if isinstance(said.get(name), str):
            said[name] = folder / said[name]
    if isinstance(said.get("sources"), list):
        said["sources"] = [folder / str(path) for path in said["sources"]]
    return said


def _without(said: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said and not said otherwise by others, of tables key by key."""
    found = {name: value for name, value in said.items() if name not in others}
    for name in said.keys() & others.keys():
        if isinstance(said[name], Mapping) and isinstance(others[name], Mapping):
            found[name] = _without(said[name], others[name])
    return found
