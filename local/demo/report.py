"""What stands at the end: the orders, addresses, and variables to go on by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from local.actors.seen import Seen
from local.actors.world import World
from local.demo.tale import Tale

STORE = "store-paris"


def report(tales: Sequence[Tale], world: World, console: Console) -> None:
    """Write to the console what became of the orders."""
    console.print(orders_table(tales, world))
    told = sum(tale.good for tale in tales)
    console.out(f"{told} of {len(tales)} stories ended as told", highlight=False)


def orders_table(tales: Sequence[Tale], world: World) -> Table:
    """One row for each order, grouped by customer status."""
    table = Table(box=SIMPLE_HEAD, title="Orders by status", title_justify="left")
    for name in ("customer status", "order", "order status", "money", "parts"):
        table.add_column(name, no_wrap=True)
    table.add_column("story")
    rows = [(world.service.see(id), tale) for tale in tales for id in tale.orders]
    for seen, tale in sorted(rows, key=lambda row: (row[0].customer_status, row[0].id)):
        parts = ", ".join(f"{p['node']} {p['fulfilment'].lower()}" for p in seen.parts)
        mark = "" if tale.good else "✗ "
        table.add_row(
            seen.customer_status, seen.id, seen.status, _money(seen), parts, mark + tale.title
        )
    return table


def _money(seen: Seen) -> str:
    money = seen.money
    back = f" − {money['refunded'] / 100:.2f}" if money["refunded"] else ""
    return f"{money['captured'] / 100:.2f}{back}"


def addresses(tales: Sequence[Tale], world: World) -> Iterator[str]:
    """Where to look; the link is that of a guest's order."""
    yield f"API          {world.url}"
    yield f"description  {world.url}/openapi.json"
    ended = [end.order for tale in tales for end in tale.ends if end.good]
    link = world.service.api.post(f"/orders/{ended[-1]}/link")["path"] if ended else "/"
    yield f"guest link   {world.url}{link}"


def environment(world: World) -> str:
    """Shell variables: API; STOREFRONT, SERVICE, OPS and STAFF, a token each; ORDER and PART, which
    wait for the store to accept them.
    """
    tokens = {role.upper(): token for role, token in world.tokens.items()}
    found = {"API": world.url, **tokens, "STAFF": world.staff_token(STORE)}
    for part in world.crew(STORE).work():
        if part["status"] == "ASSIGNED":
            found |= {"ORDER": part["order_id"], "PART": str(part["part"])}
    return "".join(f"{name}='{value}'\n" for name, value in found.items())
