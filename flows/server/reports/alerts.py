"""Alerts: a command, a webhook or a mail that tells somebody who is away.

An alert that cannot be sent is said, and changes nothing else. None waits longer than its time,
whatever is at its other end.
"""

from __future__ import annotations

import json
import logging
import os
import smtplib
import subprocess
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from knipsel.flows.config.alerts import PASSWORD_VARIABLE, Alerts, Event, Mail
from knipsel.warehouse.addresses.secrets import redacted

log = logging.getLogger(__name__)

Send = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Alert:
    """What happened in which warehouse: a sentence for people, and facts for programs."""

    event: Event
    warehouse: str
    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> str:
        """Return the alert as JSON, without secrets."""
        row = {
            "event": self.event,
            "warehouse": self.warehouse,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "sentence": self.sentence,
            **self.facts,
        }
        return redacted(json.dumps(row, default=str))


def send(alert: Alert, alerts: Alerts) -> None:
    """Send an alert by each way that is configured, where its event is to be told."""
    if alert.event not in alerts.events:
        return
    for way, deliver in _ways(alert, alerts):
        if problem := _tried(deliver, alerts.timeout_seconds):
            log.warning("The alert by %s could not be sent: %s", way, problem)


def _ways(alert: Alert, alerts: Alerts) -> Iterator[tuple[str, Send]]:
    body, seconds, mail = alert.body(), alerts.timeout_seconds, alerts.mail
    if alerts.command:
        yield "command", lambda: _run(alerts.command, body, seconds)
    if alerts.webhook:
        address = alerts.webhook.get_secret_value()
        yield "webhook", lambda: _post(address, body, seconds)
    if mail is not None:
        yield "mail", lambda: _mail(mail, alert, body, seconds)


def _tried(deliver: Send, seconds: int) -> str | None:
    """Return why an alert could not be sent; None where it was.

    It is sent in a thread: a time limit of a socket begins anew with each byte that comes.
    """
    problems: list[str] = [f"it took longer than {seconds} s."]

    def work() -> None:
        try:
            deliver()
        except Exception as error:  # noqa: BLE001 - whatever a server or a command does is told
            said = redacted(str(error)).strip().splitlines()
            problems.append(said[0] if said else type(error).__name__)
        else:
            problems.clear()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    return problems[-1] if problems else None


def _run(command: list[str], body: str, seconds: int) -> None:
    """Run a command with the alert on its standard input; no shell sees it."""
    try:
        done = subprocess.run(
            command,
            input=body.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"{command[0]} took longer than {seconds} s."
        raise TimeoutError(message) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        message = f"{command[0]} ended with {done.returncode}{': ' + said[-1] if said else '.'}"
        raise RuntimeError(message)


def _post(address: str, body: str, seconds: int) -> None:
    """Post the alert as JSON; errors name no address, which may hold a secret."""
    headers = {"Content-Type": "application/json", "User-Agent": "knipsel"}
    try:
        request = urllib.request.Request(address, body.encode(), headers)  # noqa: S310 - checked
        with urllib.request.urlopen(request, timeout=seconds):  # noqa: S310 - checked
            pass
    except (OSError, ValueError) as error:
        message = str(error).replace(address, "the address")
        raise RuntimeError(message) from None


def _mail(mail: Mail, alert: Alert, body: str, seconds: int) -> None:
    """Send the alert by mail."""
    message = EmailMessage()
    subject = f"knipsel: {alert.event.replace('_', ' ')} in {alert.warehouse}"
    message["Subject"] = " ".join(redacted(subject).split())
    message["From"], message["To"] = mail.sender, ", ".join(mail.to)
    message.set_content(f"{redacted(alert.sentence)}\n\n{body}\n")
    with smtplib.SMTP(mail.host, mail.port, timeout=seconds) as server:
        if mail.starttls:
            server.starttls()
        if mail.user:
            server.login(mail.user, os.environ.get(PASSWORD_VARIABLE, ""))
        server.send_message(message)
