"""Keys of the table Config: one row per key, sort key ACTIVE; rules have versions too.

| access pattern | how |
|---|---|
| configuration | BatchGetItem Config on known keys |
| profiles that have versions of rules | Query Config pk = PROFILES, PROFILE# |
| versions of a profile's rules, newest first | Query Config pk = RULES#<profile>, VERSION# |
| a replay of past orders that was asked for | GetItem Config (REPLAY#<name>, JOB) |
"""

from __future__ import annotations

from ...domain.ids import ALPHABET, digest
from ...domain.limits.sourcing import MAX_NODES

ACTIVE, CARRIERS, CALENDARS, SAFETY = "ACTIVE", "CARRIERS", "CALENDARS", "SAFETY"
LANES = "LANES"  # margins of carrier lanes, published by the function `watch_promises`
SCARCITY = "SCARCITY"  # scarcity prices, published by the function `price_scarcity`
SIGNALS = "SIGNALS"  # reports about nodes
NODE_ROWS = 4  # the network in few rows, so that it is one read; a row holds about 600 nodes
NETWORK = [f"NODES#{n}" for n in range(NODE_ROWS)]
assert NODE_ROWS * 600 > MAX_NODES


def channel_pk(id: str) -> str:
    return f"CHANNEL#{id}"


def product_pk(sku: str) -> str:
    return f"PRODUCT#{sku}"


def rules_pk(profile: str) -> str:
    return f"RULES#{profile}"


PROFILES, PROFILE = "PROFILES", "PROFILE#"  # which profiles have versions of rules
VERSION = "VERSION#"


JOB = "JOB"


def replay_pk(name: str) -> str:
    return f"REPLAY#{name}"


def profile_sk(profile: str) -> str:
    return f"{PROFILE}{profile}"


def rule_version_sk(number: int) -> str:
    return f"{VERSION}{number:05d}"


def rule_version_of(sk: str) -> int:
    return int(sk.removeprefix(VERSION))


def supplier_pk(id: str) -> str:
    return f"SUPPLIER#{id}"


def carrier_pk(id: str) -> str:
    return f"CARRIER#{id}"


def network_pk(node: str) -> str:
    """The row that holds this node."""
    return NETWORK[ALPHABET.index(digest("node", node, length=1)) % NODE_ROWS]
