"""The floors of `domain` and `usecases`, from the ground up: a subject imports those below only.

Subjects of one floor do not import each other. What is named here is all that there is.
"""

from __future__ import annotations

# package → floors, the lowest first; each is the words of its subjects (folders, or modules)
FLOORS: dict[str, tuple[str, ...]] = {
    "domain": (
        "errors ids limits states stock_lifecycles",
        "consequences lifecycle timeline",
        "model",
        "digital feeds nodes promising returning stock supplying",
        "hot_stock orders sourcing",
        "preparing publishing quoting replaying reserving steering",
        "auditing changing notifying",
    ),
    "usecases": (
        "retrying",
        "looking_ahead planning publishing sourcing stocking",
        "alerting casework counting feeding outages placing reserving serving steering supplying",
        "changing",
        "auditing following_channels preparing",
        "rerouting",
        "digital executing following_stock quoting replaying",
        "returning",
        "paying",
        "notifying sweeping watching",
    ),
}

# Circles still to be broken, each as the words of its subjects. Nothing is ever added.
KNOWN_CIRCLES: dict[str, tuple[str, ...]] = {"domain": (), "usecases": ()}
