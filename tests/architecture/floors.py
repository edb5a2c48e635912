"""The floors of `domain` and `usecases`, from the ground up: a subject imports those below only.

Subjects of one floor do not import each other. What is named here is all that there is; a package
without floors is held to having no circles but the known ones.
"""

from __future__ import annotations

# package → floors, the lowest first; each is the words of its subjects (folders, or modules)
FLOORS: dict[str, tuple[str, ...]] = {"domain": (), "usecases": ()}

# Circles still to be broken, each as the words of its subjects. Nothing is ever added.
KNOWN_CIRCLES: dict[str, tuple[str, ...]] = {
    "domain": ("orders parts payments promising returning sourcing steering stock",),
    "usecases": ("executing rerouting", "placing reserving"),
}
