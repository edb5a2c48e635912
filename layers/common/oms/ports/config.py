"""Configuration that decisions read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..domain.model.carriage import CarrierService
    from ..domain.model.channel import Channel
    from ..domain.model.node import Node
    from ..domain.model.product import Product
    from ..domain.model.rules import SourcingRules
    from ..domain.sourcing.outlook import Outlook


class ConfigReader(Protocol):
    """Configuration, cached per warm worker; a cold read is one round trip."""

    ttl_s: float  # how long it believes what it has read

    def warm(self, channel: str, skus: Iterable[str] = ()) -> None:
        """Read all that a decision needs at once, where it is not cached."""

    def channel(self, id: str) -> Channel:
        """Raises NotFound."""

    def nodes(self, channel: Channel) -> tuple[Node, ...]: ...

    def every_node(self) -> tuple[Node, ...]:
        """The whole network, whatever a channel uses of it."""

    def node(self, id: str) -> Node:
        """Raises NotFound."""

    def close_node(self, id: str, until: int | None) -> None:
        """Offline until then (epoch seconds; 0: until opened); None: as configured again.

        Others believe what they read for up to `ttl_s`.
        """

    def carrier(self) -> Mapping[str, Any]:
        """The configuration of our carrier."""

    def services(self) -> tuple[CarrierService, ...]: ...

    def rules(self, profile: str) -> SourcingRules: ...

    def holidays(
        self, nodes: Sequence[Node], country: str, now: int
    ) -> Mapping[str, frozenset[str]]:
        """Public holidays around `now` of the nodes' calendars and of a destination; a calendar
        that nobody knows is absent.
        """

    def outlook(self) -> Outlook:
        """What is published for all decisions: prices of scarcity, reports about nodes."""

    def products(self, skus: Iterable[str]) -> dict[str, Product]:
        """Unknown SKUs are absent from the answer."""
