"""What an order costs: measured on real runs in the local cloud, priced by `prices.py`.

`python -m benchmarks [--only PREFIX]` prints one figure a line: name, value, unit.
What the figures mean: `docs/performance.md`.
"""
