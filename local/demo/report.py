"""What stands at the end: the orders, and all that is needed to go on by hand."""

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
    """Write it all to the console."""
    console.print(orders_table(tales, world))
    for line in next_steps(tales, world):
        # plain: no wrapping and no markup, so that tokens can be copied
        console.out(line, highlight=False)


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


def next_steps(tales: Sequence[Tale], world: World) -> Iterator[str]:
    """Addresses, tokens, and one command to paste."""
    yield f"API          {world.url}"
    yield f"description  {world.url}/openapi.json"
    ended = [end.order for tale in tales for end in tale.ends if end.good]
    if ended:
        link = world.service.api.post(f"/orders/{ended[-1]}/link")
        yield f"guest link   {world.url}{link['path']}"
        for decision in world.merchant().decisions(ended[-1])[:1]:
            yield f"sourced so   {ended[-1]}: {decision['sentence']}"
    for role, token in roles(world).items():
        yield f"\ntoken of {role}\n{token}"
    yield from _your_turn(world)


def roles(world: World) -> dict[str, str]:
    return {**world.tokens, f"staff of {STORE}": world.staff_token(STORE)}


def environment(world: World) -> str:
    """Shell variables: API, STOREFRONT, SERVICE, OPS, STAFF."""
    tokens = {role.split()[0].upper(): token for role, token in roles(world).items()}
    return "".join(f"{name}='{value}'\n" for name, value in {"API": world.url, **tokens}.items())


def _your_turn(world: World) -> Iterator[str]:
    waiting = [part for part in world.crew(STORE).work() if part["status"] == "ASSIGNED"]
    if not waiting:
        return
    part = waiting[0]
    path = f"/orders/{part['order_id']}/parts/{part['part']}/accept"
    yield f"\nYour turn: order {part['order_id']} waits for {STORE} to accept it."
    yield (
        f"curl -s -X POST '{world.url}{path}' "
        f"-H 'authorization: Bearer {world.staff_token(STORE)}' "
        "-H 'content-type: application/json' -d '{}'"
    )
