"""Print each figure with its bound; `-v` names the places. Exits with 1 when a bound is broken."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from tools.house import structure
from tools.house.figure import Figure

# What is counted, without running anything: none may be left.
NONE_LEFT: dict[str, Callable[[], list[str]]] = {
    "class names used twice": structure.names_used_twice,
    "circles of folders": structure.folders_in_circles,
    "use cases with more than six parameters": structure.long_signatures,
    "API names with module paths": structure.names_with_module_paths,
    "handlers not observed": structure.handlers_not_observed,
}
# Request → files and functions that it may enter.
MAY_ENTER = {
    "order": (60, 260),
    "accept": (28, 80),
    "return_received": (30, 90),
    "feed": (30, 95),
}


def figures() -> Iterator[Figure]:
    for name, wrong in NONE_LEFT.items():
        places = wrong()
        yield Figure(name, len(places), 0, tuple(places))
    from tools.house.entered import REQUESTS, entered_by_requests  # it runs the product

    for name, entered in entered_by_requests().items():
        files, functions = MAY_ENTER[name]
        route, where = REQUESTS[name], entered.by_file
        yield Figure(f"files entered by {route}", len(where), files, tuple(where))
        names = tuple(f"{file}: {', '.join(found)}" for file, found in where.items())
        yield Figure(f"functions entered by {route}", len(entered.functions), functions, names)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.house", description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="name the places")
    verbose = parser.parse_args().verbose
    good = True
    for figure in figures():
        print(figure.line(in_color=sys.stdout.isatty()), flush=True)
        if verbose:
            print("".join(f"    {place}\n" for place in figure.places), end="")
        good &= figure.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
