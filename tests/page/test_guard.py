"""Who may look, and what a page may load."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from knipsel.flows.page.app import PAGES, make_app
from knipsel.flows.page.serving import names_of
from knipsel.flows.page.site import Site
from tests.page.conftest import HOST, TOKEN

READABLE = [path.replace("{form:form}", "") for path, _ in PAGES if "/{" not in path]


def client_of(site: Site) -> TestClient:
    return TestClient(make_app(lambda: site, TOKEN, {HOST}), follow_redirects=False)


@pytest.mark.parametrize("path", [*READABLE, "/static/page.css", "/nowhere"])
def test_nobody_looks_without_the_token(site: Site, path: str) -> None:
    """Whatever is asked for; a wrong one is none."""
    client = client_of(site)
    assert client.get(path).status_code == 403
    assert client.get(path, params={"token": "x" * 32}).status_code == 403
    assert client.get(path, headers={"Cookie": "knipsel=abc"}).status_code == 403


def test_the_token_goes_into_a_cookie_and_out_of_the_address(site: Site) -> None:
    """So that an address can be shared, and no other site can use the cookie."""
    answer = client_of(site).get("/search", params={"q": "vrede", "token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=vrede")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]


def test_another_name_of_this_machine_is_refused(site: Site) -> None:
    """A site whose name points here must not read the corpus in somebody's browser."""
    client = client_of(site)
    answer = client.get("/", params={"token": TOKEN}, headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert names_of("127.0.0.1", 80) == {"127.0.0.1:80", "localhost:80", "[::1]:80"}
    assert names_of("192.0.2.7", 80) == {"192.0.2.7:80"}


def test_nothing_is_loaded_from_elsewhere(browser: TestClient) -> None:
    """And nothing runs that stands in a text."""
    for path in ("/", "/search", "/static/page.css", "/nowhere"):
        policy = browser.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_nothing_is_changed_by_who_only_reads(browser: TestClient) -> None:
    """In a sentence that says how it would be."""
    (found, *_) = browser.get("/search.json").json()["hits"]
    answer = browser.post(f"/marks/{found['article_id']}", data={"star": "1"})
    assert answer.status_code == 400
    assert "--write" in answer.text


def test_another_site_changes_nothing(site: Site) -> None:
    """Though the browser has the cookie."""
    client = client_of(site)
    client.get("/", params={"token": TOKEN})
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        assert client.post("/marks/x", data={}, headers=headers).status_code == 403
