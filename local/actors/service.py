"""Customer service: sees every order, cancels, takes returns, decides what is stuck."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local.actors.api import Api
from local.actors.patience import WITHIN_S, eventually
from local.actors.seen import Onlooker

Return = dict[str, Any]  # `ReturnView` of docs/openapi.json


@dataclass(frozen=True, slots=True)
class Service(Onlooker):
    """Sees nodes, holds, notes and cases. `counter`: node → an API with staff's scope."""

    counter: Callable[[str], Api]

    def cancel(self, order: str, reason: str = "NO_LONGER") -> Any:
        return self.api.post(f"/orders/{order}/cancel", {"reason": reason})

    def move(self, order: str, part: int, node: str, **more: object) -> dict[str, Any]:
        """The part at its new node."""
        body = {"node": node, **more}
        return dict(self.api.post(f"/orders/{order}/fulfilment-orders/{part}/move", body))

    def request_return(
        self, order: str, lines: Mapping[int, int], key: str = "r1", reason: str = "CHANGED_MIND"
    ) -> Return:
        """`lines`: line number → units that come back."""
        rows = [{"line": no, "quantity": count, "reason": reason} for no, count in lines.items()]
        return dict(self.api.post(f"/orders/{order}/returns", {"key": key, "lines": rows}))

    def see_return(self, order: str, number: int) -> Return:
        return dict(self.api.get(f"/orders/{order}/returns/{number}"))

    def receive_return(self, back: Return, node: str) -> Return:
        """All units arrive at the node."""
        rows = [{"line": row["line"], "arrived": row["advised"]} for row in back["lines"]]
        return self._at_counter(node, back, "receive", {"node": node, "lines": rows})

    def inspect_return(self, back: Return, node: str, disposition: str = "RESTOCK") -> Return:
        """All that arrived is accepted and goes where `disposition` says."""
        rows = [
            {"line": row["line"], "accepted": row["received"], "disposition": disposition}
            for row in back["lines"]
        ]
        return self._at_counter(node, back, "inspect", {"node": node, "lines": rows})

    def wait_for_refund(self, back: Return, *, within_s: float = WITHIN_S) -> Return:
        """The return once its money went back."""
        return eventually(
            lambda: self.see_return(back["order_id"], back["number"]),
            lambda now: now["money"] == "SUCCEEDED",
            within_s=within_s,
            waiting_for=f"the refund of return {back['number']} of {back['order_id']}",
        )

    def _at_counter(self, node: str, back: Return, action: str, body: object) -> Return:
        path = f"/orders/{back['order_id']}/returns/{back['number']}/{action}"
        return dict(self.counter(node).post(path, body))
