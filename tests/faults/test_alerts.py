"""Alerts reach who is to be told, hold nothing up, and say no secret."""

from __future__ import annotations

import http.server
import json
import logging
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knipsel.flows.config.alerts import Alerts, Mail
from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.open_warehouse import open_warehouse
from knipsel.flows.server.reports.alerts import Alert, send
from knipsel.flows.server.reports.health import read_health
from knipsel.flows.server.reports.report import quiet_for
from knipsel.warehouse.lake.connection import open_lake
from tests.pipeline import write_files
from tests.texts import article

ALERT = Alert("failure", "/srv/warehouse", "ingest failed: the disk is full", {"run_id": "r1"})


def writing_to(file: Path) -> list[str]:
    """Return a command that writes what it is given to a file."""
    program = f"import sys; open({str(file)!r}, 'a').write(sys.stdin.read() + '\\n')"
    return [sys.executable, "-c", program]


@contextmanager
def webhook(answer: Callable[[http.server.BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Have a server that answers each request so; yield its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook/very-secret-part"
    finally:
        server.shutdown()


def test_a_command_gets_the_alert_as_json(tmp_path: Path) -> None:
    """No shell sees it: what a shell would run stays text."""
    alert = Alert("failure", "/srv/$(touch x)'\"", "`touch x`; rm\nnext line")
    send(alert, Alerts(command=writing_to(tmp_path / "told")))
    told = json.loads((tmp_path / "told").read_text())
    assert (told["event"], told["sentence"]) == ("failure", alert.sentence)
    assert told["warehouse"] == alert.warehouse


def test_a_webhook_gets_the_alert_as_json() -> None:
    got: list[tuple[str | None, bytes]] = []

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        length = int(request.headers["Content-Length"])
        got.append((request.headers["Content-Type"], request.rfile.read(length)))
        request.send_response(204)
        request.end_headers()

    with webhook(answer) as address:
        send(ALERT, Alerts.model_validate({"webhook": address}))
    ((kind, body),) = got
    assert kind == "application/json"
    assert json.loads(body)["run_id"] == "r1"


def test_a_mail_is_sent() -> None:
    """With sender, recipients, a subject of one line, and a body."""
    lines: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            in_data = False
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                lines.append(line)
                if in_data:
                    in_data = line != "."
                    self.wfile.write(b"" if in_data else b"250 ok\r\n")
                elif line == "data":
                    in_data = True
                    self.wfile.write(b"354 go on\r\n")
                else:
                    self.wfile.write(b"221 bye\r\n" if line == "QUIT" else b"250 ok\r\n")
                if line == "QUIT":
                    return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    mail = Mail.model_validate(
        {"host": "127.0.0.1", "port": port, "from": "knipsel@example.org", "to": ["a@example.org"]}
    )
    send(ALERT, Alerts(mail=mail))
    server.shutdown()
    assert "mail FROM:<knipsel@example.org>" in " ".join(lines)
    assert "Subject: knipsel: failure in /srv/warehouse" in lines
    assert ALERT.sentence in lines


def test_what_cannot_be_sent_is_said_without_secrets(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of whatever kind it is, it raises nothing."""
    monkeypatch.setenv("KNIPSEL_MAIL_PASSWORD", "hunter2hunter2")

    def refuse(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_error(500)

    mail = Mail.model_validate(
        {"host": "127.0.0.1", "port": 1, "from": "a@example.org", "to": ["b@example.org"]}
    )
    with webhook(refuse) as address, caplog.at_level(logging.WARNING):
        hook = Alerts.model_validate({"webhook": address}).webhook
        send(ALERT, Alerts(command=["/nonexistent"], webhook=hook, mail=mail))
        program = "import os, sys; sys.exit(os.environ['KNIPSEL_MAIL_PASSWORD'])"
        send(ALERT, Alerts(command=[sys.executable, "-c", program]))
    said = [record.getMessage() for record in caplog.records]
    assert [line.split(" could")[0] for line in said] == [
        "The alert by command",
        "The alert by webhook",
        "The alert by mail",
        "The alert by command",
    ]
    assert "very-secret-part" not in caplog.text
    assert "hunter2hunter2" not in caplog.text


def test_no_alert_waits_without_an_end(caplog: pytest.LogCaptureFixture) -> None:
    """Not for a command that sleeps, nor for a server that sends a byte now and then."""

    def drip(request: http.server.BaseHTTPRequestHandler) -> None:
        for _ in range(600):
            request.wfile.write(b" ")
            time.sleep(0.1)

    with webhook(drip) as address:
        slow = [sys.executable, "-c", "import time; time.sleep(600)"]
        hook = Alerts.model_validate({"webhook": address}).webhook
        began = time.monotonic()
        send(ALERT, Alerts(webhook=hook, command=slow, timeout_seconds=1))
    assert time.monotonic() - began < 60
    assert caplog.text.count("longer than 1 s") == 2


def test_events_that_are_not_asked_for_are_not_told(tmp_path: Path) -> None:
    send(ALERT, Alerts(command=writing_to(tmp_path / "told"), events=["verify"]))
    assert not (tmp_path / "told").exists()


def test_a_run_that_fails_is_told_and_noted(tmp_path: Path) -> None:
    """The one that goes well is noted only."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    alerts = Alerts(command=writing_to(tmp_path / "told"))
    failing = open_warehouse(tmp_path / "wh", Settings(fail_on=["new > 0"], alerts=alerts))
    with pytest.raises(RuntimeError):
        failing.ingest(tmp_path / "inbox")
    (told,) = map(json.loads, (tmp_path / "told").read_text().splitlines())
    assert (told["event"], told["flow"], told["result"]) == ("failure", "ingest", "failure")
    health = read_health(failing.place)
    assert (health["last_success_at"], health["flows"]["ingest"]["result"]) == (None, "failure")
    open_warehouse(tmp_path / "wh", Settings(alerts=alerts)).ingest(tmp_path / "inbox")
    assert len((tmp_path / "told").read_text().splitlines()) == 1
    health = read_health(failing.place)
    assert health["last_success_at"] == health["flows"]["ingest"]["ended_at"]
    write_files(tmp_path / "inbox", {"b.txt": article(2), "c.txt": ""})
    with pytest.raises(RuntimeError):
        failing.ingest(tmp_path / "inbox")
    counts = "files_seen, files_new, articles_published, documents_quarantined"
    query = f"SELECT {counts} FROM runs WHERE result = 'failure' ORDER BY ended_at"
    assert failing.sql(query, lake=True).fetchall() == [(1, 1, 0, 0), (3, 2, 0, 1)]


def test_a_broken_bound_is_told_as_one(tmp_path: Path) -> None:
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    write_files(tmp_path / "wh", {"bounds.toml": "[articles]\nmin = 100\n"})
    alerts = Alerts(command=writing_to(tmp_path / "told"))
    warehouse = open_warehouse(tmp_path / "wh", Settings(alerts=alerts))
    with pytest.raises(RuntimeError):
        warehouse.ingest(tmp_path / "inbox")
    (told,) = map(json.loads, (tmp_path / "told").read_text().splitlines())
    assert told["event"] == "bound"
    assert "Bounds that are broken" in told["sentence"]


def test_that_no_new_file_comes_is_told_once_for_each_span(tmp_path: Path) -> None:
    """By the first run after it is over, and not by each that follows."""
    warehouse = open_warehouse(tmp_path / "wh")
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    warehouse.ingest(tmp_path / "inbox")
    start = datetime(2024, 6, 1, tzinfo=UTC)
    span, told = timedelta(days=2), []
    with open_lake(warehouse.place) as connection:
        connection.execute("UPDATE lake.runs SET ended_at = ?", [start])
    for hours in range(12, 24 * 5, 12):
        now = start + timedelta(hours=hours)
        with open_lake(warehouse.place) as connection:
            connection.execute(
                "INSERT INTO lake.runs BY NAME SELECT * REPLACE (? AS run_id, 0 AS files_new, "
                "?::TIMESTAMPTZ AS ended_at) FROM lake.runs LIMIT 1",
                [str(hours), now],
            )
        if quiet_for(warehouse.place, span, now):
            told.append(hours)
    assert told == [48, 96]
