"""Limits of stock: items, claims, goods on their way, counts, and the audit of them."""

from .aws import ITEM_BYTES, TRANSACT_ACTIONS

MAX_POSTED_LINES = 100  # of a feed that is posted; longer ones come as files
CLAIM_BYTES = 32
MAX_CLAIMS_PER_ITEM = 10_000
MAX_DAILY_CAPACITY = 10_000  # parts of a node per day; more is no limit worth counting
MAX_FLOWS = 24  # entries of what came and went lately on one item, before they are merged
FLOW_BYTES = 16
ORPHAN_CLAIM_AFTER_S = 600  # far beyond the timeout of the function that places orders
PAGE_CLAIM_AFTER_S = 90  # a hot SKU's buyers wait for it; still beyond every claiming function

assert MAX_CLAIMS_PER_ITEM * CLAIM_BYTES < ITEM_BYTES
assert MAX_DAILY_CAPACITY * CLAIM_BYTES < ITEM_BYTES, "a day names each part it counts"
assert MAX_FLOWS * FLOW_BYTES < 512, "an item with few claims stays within one write unit"

# A document of goods on their way and all that follows from it are one transaction: per line an
# item and a supply row, or the row at the old date and at the new one.
MAX_SUPPLY_LINES = 45
MAX_SUPPLY_RECEIPTS = 50
assert 2 * MAX_SUPPLY_LINES + 6 <= TRANSACT_ACTIONS, "two documents, and their rows in lists"

MAX_COUNT_LINES = 200  # of one count session, which is one item
COUNT_LINE_BYTES = 200
assert MAX_COUNT_LINES * COUNT_LINE_BYTES < ITEM_BYTES

MAX_AUDIT_OBJECTS = 200  # of the lake in one run; the queue keeps the rest
MAX_AUDIT_SUSPECTS = 200  # looked at again in one run
MAX_AUDIT_CLAIMS = 100  # of one item, whose owners a run looks up
MAX_AUDIT_PACES = 100  # SKUs of one run that did not move: 28,800 a day
MAX_AUDIT_LOOKS = 6  # after which a movement that others follow is taken to be missing
