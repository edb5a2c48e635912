"""Limits of the work of nodes: packages, scans, and by when somebody has to act."""

MAX_PACKAGES = 20
MAX_PACKAGE_WEIGHT_G = 1_000_000
MAX_PACKAGE_SIDE_MM = 10_000
MAX_SCANS = 999  # SKU or barcode scans of one pick confirmation
MAX_PART_ACTIONS = 25  # scanner confirmations in one request
MAX_CODE_TRIES = 5  # wrong collection codes before customer service has to help
MAX_RECALLS = 50  # parts of a node that one run of the sweep calls back
MAX_DUE_PER_SHARD = 50  # what one run of the sweep takes on; the next run takes the rest
OFFER_WIDEN_S = 900  # nobody claimed: more nodes see it
ACCEPT_TIMEOUT_S = 4 * 3600
COLLECT_WITHIN_S = 7 * 86_400
COLLECT_REMINDER_BEFORE_S = 2 * 86_400

assert COLLECT_REMINDER_BEFORE_S < COLLECT_WITHIN_S
