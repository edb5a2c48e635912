"""The embedded local cloud: the real template.yaml on MiniStack, one process, no Docker.

`stack.up()` is the way in. Gaps between MiniStack and AWS are listed in `gaps.py` only.
"""
