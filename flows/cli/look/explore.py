"""The command ``explore``: a page to look at the corpus with."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption, opened

if TYPE_CHECKING:
    from knipsel.flows.page.site import Site
    from knipsel.warehouse.release.versions import Release


def explore(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    release: Annotated[
        str | None, typer.Option(help="The release to look at; the latest, if none is named.")
    ] = None,
    write: Annotated[
        bool,
        typer.Option("--write", help="Let the page keep marks, and settle what is held back."),
    ] = False,
    who: Annotated[
        str | None, typer.Option(help="Who marks, with --write; your name on this machine.")
    ] = None,
    host: Annotated[str, typer.Option(help="Where to listen; others reach another than this.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 0,
) -> None:
    """Open a local page to search, read and plot the corpus; it ends with Ctrl-C."""
    from knipsel.flows.cli.print.making_index import told
    from knipsel.flows.page.serving import serve
    from knipsel.flows.page.site import Following, open_site

    house = opened(warehouse)
    coder = (who or getuser()) if write else None

    def open_one(shown: Release) -> AbstractContextManager[Site]:
        return open_site(house.place, house.settings, shown, told(), coder=coder)

    with closing(Following(house.place, open_one, release)) as following:
        following()  # what is wrong is said before there is an address
        serve(following, host, port, _tell)


def _tell(address: str) -> None:
    """Tell a person what to open."""
    typer.echo(f"Open {address}\nCtrl-C ends it.", err=True)
