"""Limits of orders: their lines, how long they wait, how often they are sourced."""

from .aws import ITEM_BYTES

MAX_LINES = 500
MAX_QUANTITY = 99_999
MAX_UNITS = 200_000  # of an order: each unit is an identity while it is worked on
MAX_SKU_LENGTH = 64
MAX_EXTERNAL_ID_LENGTH = 128
MAX_TEXT_LENGTH = 200
MAX_NOTE_LENGTH = 1_000
MAX_PROPERTIES = 20  # of a line: what is engraved, which colour the ribbon has
MAX_PROPERTIES_LENGTH = 30_000  # of all lines of an order, names and values
MAX_PARTS = 20
MAX_PART_NUMBER = 99  # of one order, the ones that moved on included
MAX_ATTEMPTS = 5  # sourcing rounds per order before a human decides
EXCLUDE_FOR_S = 7 * 86_400  # a node that refused a line, from being asked for it again
MAX_TIMELINE = 24  # entries kept on an item; the lake keeps all
CANCEL_ANSWER_WITHIN_S = 2 * 3600
AUTHORISATION_WARNING_S = 86_400  # before it lapses, while the order still waits
PAYMENT_ANSWER_WITHIN_S = 86_400  # then the payer is taken to have gone
GUEST_LINK_TTL_S = 90 * 86_400
LINE_BYTES = 450  # of a line in the snapshot, with a name of usual length
RANGE_BYTES = 12  # "99998-99999,"
MAX_RANGES = 20_000  # of one row: what a split, a cancellation or a return leaves is a range

MAX_CHANGES = 99  # of one order
MAX_RETURNS = 99  # of one order, refused and expired ones included
MAX_RECEIPTS = 20  # parcels in which the goods of one return arrive
RETURN_ARRIVES_WITHIN_S = 30 * 86_400

assert MAX_LINES * LINE_BYTES + 4 * MAX_PROPERTIES_LENGTH < ITEM_BYTES, "four bytes a character"
assert MAX_RANGES * RANGE_BYTES < ITEM_BYTES, "units are kept as ranges, whatever their number"
assert MAX_LINES * 2 * MAX_PARTS <= MAX_RANGES, "each part takes a run of units from a line"
assert MAX_PARTS <= MAX_PART_NUMBER <= 99, "part numbers keep two digits in keys and claims"
assert MAX_CHANGES <= 99, "change numbers keep two digits in keys"
assert MAX_RETURNS <= 99, "return numbers keep two digits in keys"
