"""The configuration of alerts: what is told, to whom, and how."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

Event = Literal["failure", "bound", "verify", "no_new_files"]
"""A run failed; a bound on the corpus is broken; `verify` found something; no new file came."""

EVENTS: tuple[Event, ...] = ("failure", "bound", "verify", "no_new_files")
PASSWORD_VARIABLE = "KNIPSEL_MAIL_PASSWORD"  # noqa: S105 - the name, not the password

_SPAN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def span_of(text: str) -> timedelta:
    """Return a stretch of time such as ``26h``, ``90m`` or ``2d``; ``ValueError`` for none."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        message = f"{text!r} is no stretch of time such as 26h, 90m or 2d"
        raise ValueError(message)
    return timedelta(**{_UNITS[found[2]]: float(found[1])})


class Mail(BaseModel):
    """A server that takes mail, and between whom; the password is `PASSWORD_VARIABLE`."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, populate_by_name=True)

    host: str
    port: int = Field(default=25, ge=1, le=65_535)
    sender: str = Field(alias="from")
    to: list[str] = Field(min_length=1)
    starttls: bool = False
    user: str | None = None


class Alerts(BaseModel):
    """What is told to whoever is away: by a command, a webhook, a mail, or several of them."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    events: list[Event] = Field(default=list(EVENTS))
    command: list[str] = Field(default=[])
    webhook: SecretStr | None = None
    mail: Mail | None = None
    no_new_files_in: str | None = None
    timeout_seconds: int = Field(default=20, ge=1)

    @field_validator("no_new_files_in")
    @classmethod
    def _is_span(cls, said: str | None) -> str | None:
        if said is not None and not span_of(said):
            message = "it must be longer than nothing"
            raise ValueError(message)
        return said

    @field_validator("webhook")
    @classmethod
    def _is_address(cls, said: SecretStr | None) -> SecretStr | None:
        if said is not None and not said.get_secret_value().startswith(("http://", "https://")):
            message = "it must begin with http:// or https://"
            raise ValueError(message)
        return said
