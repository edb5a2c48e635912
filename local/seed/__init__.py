"""The demo's master data, one file per subject. `load.load(stack)` writes all of it."""
