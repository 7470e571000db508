"""Passwords and keys are parted from addresses, and blotted out of texts and logs."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.errors import explain
from knipsel.flows.runs.stages import said
from knipsel.warehouse.addresses.secrets import parted, redacted, remember
from knipsel.warehouse.layout import Warehouse


@pytest.mark.parametrize(
    ("catalog", "address", "password"),
    [
        ("sqlite:/w/catalog.sqlite", "sqlite:/w/catalog.sqlite", None),
        ("postgres:dbname=k host=db", "postgres:dbname=k host=db", None),
        ("postgres:dbname=k password=s3cret host=db", "postgres:dbname=k host=db", "s3cret"),
        ("postgres:password=s3cret dbname=k", "postgres:dbname=k", "s3cret"),
        (r"postgres:dbname=k password='a b\'c'", "postgres:dbname=k", "a b'c"),
        ("postgres:dbname=k sslpassword=x1", "postgres:dbname=k sslpassword=x1", None),
        ("postgres:postgresql://u:p%40w@h:5/d", "postgres:postgresql://u@h:5/d", "p@w"),
        ("postgres:postgresql://u@h/d?password=pw&a=b", "postgres:postgresql://u@h/d?a=b", "pw"),
        ("postgres:postgresql://u@h/d?password=pw", "postgres:postgresql://u@h/d", "pw"),
        ("postgres:postgresql://h/d", "postgres:postgresql://h/d", None),
    ],
)
def test_password_is_parted_from_the_address(
    catalog: str, address: str, password: str | None
) -> None:
    assert parted(catalog) == (address, password)


@pytest.mark.parametrize(
    "text",
    [
        "Unable to connect at 'host=db password=hunter-2'",
        "postgresql://me:hunter-2@db/lake is away",
        "s3://bucket/lake?s3_secret_access_key=hunter-2&s3_region=eu",
        "https://a.example/x?sig=hunter-2&X-Amz-Signature=hunter-2",
        "sslpassword = 'hunter-2'",
    ],
)
def test_what_names_a_secret_is_blotted_out(text: str) -> None:
    """Also where nobody told which values are secret."""
    assert "hunter" not in redacted(text)
    assert redacted(text) != "***"


def test_known_secrets_are_blotted_out_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of/the+store")
    remember("postgres:postgresql://u:of%20the%20lake@h/d")
    text = "of/the+store, of%2Fthe%2Bstore, of%20the%20lake; of the lake"
    assert redacted(text) == "***, ***, ***; ***"


@pytest.mark.parametrize(
    "text",
    ["3 tokens = 4 words", "https://a.example/b", "a@b.example", "design=x", "key: value"],
)
def test_other_texts_stay(text: str) -> None:
    assert redacted(text) == text


def test_errors_run_records_and_logs_are_redacted(caplog: pytest.LogCaptureFixture) -> None:
    error = OSError("no answer from postgresql://u:hunter-2@db/lake")
    assert "hunter" not in explain(error)[1]
    assert "hunter" not in said(error)
    try:
        raise error
    except OSError:
        logging.getLogger("prefect.flow_runs").exception("%s went wrong", error)
    assert "went wrong" in caplog.text
    assert "OSError" in caplog.text
    assert "hunter" not in caplog.text


def test_warehouse_and_settings_do_not_show_where_the_lake_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KNIPSEL_CATALOG", "postgres:dbname=k password=hunter-2")
    monkeypatch.setenv("KNIPSEL_DATA", "s3://bucket/lake?secret=hunter-2")
    settings = Settings()
    warehouse = settings.warehouse_at(Path("w"))
    assert "hunter-2" in warehouse.catalog
    assert "hunter-2" in warehouse.data
    for shown in (repr(warehouse), repr(settings), settings.model_dump_json()):
        assert "hunter" not in shown
    assert isinstance(warehouse, Warehouse)


def test_wrong_settings_are_not_echoed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNIPSEL_WORKERS", "hunter-2")
    with pytest.raises(ValueError, match="workers") as raised:
        Settings()
    assert "hunter" not in str(raised.value)
    assert "hunter" not in explain(raised.value)[1]
