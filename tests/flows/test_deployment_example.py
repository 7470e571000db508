"""The deployment that docs/prefect.md shows is one of flows that are there."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import knipsel

PAGE = (Path(__file__).parents[2] / "docs" / "prefect.md").read_text(encoding="utf-8")


def test_the_example_deploys_flows_with_parameters_that_they_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from prefect.flows import Flow

    deployed: list[tuple[Flow[..., Any], dict[str, Any]]] = []
    known = set(inspect.signature(Flow.deploy).parameters)
    monkeypatch.setattr(Flow, "deploy", lambda self, **given: deployed.append((self, given)))
    (example,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(example, {})  # noqa: S102 - it is the project's own documentation
    assert [flow.name for flow, _ in deployed] == ["ingest", "publish"]
    for flow, given in deployed:
        assert set(given["parameters"]) <= set(inspect.signature(flow.fn).parameters)
        assert set(given) <= known


@pytest.mark.parametrize("place", re.findall(r"^\| `(knipsel\.flows\.\S+)` \|", PAGE, re.MULTILINE))
def test_each_flow_of_the_page_is_found_by_its_place(place: str) -> None:
    """As a worker finds it, and as an attribute of `knipsel.flows`."""
    from prefect.flows import load_flow_from_entrypoint

    module, _, function = place.removeprefix("knipsel.flows.").partition(".")
    flow = getattr(getattr(knipsel.flows, module), function)
    assert load_flow_from_entrypoint(place).name == flow.name
    assert f"`{flow.name}`" in PAGE
