"""Limits: what is refused at the edge, and why the number holds further in."""

MAX_LINES = 100
MAX_QUANTITY = 999
MAX_SKU_LENGTH = 64
MAX_EXTERNAL_ID_LENGTH = 128
MAX_TEXT_LENGTH = 200
MAX_PATH_VALUE_LENGTH = 128  # of one value in an address: an id, a SKU, the token of a link
MAX_BODY_BYTES = 256 * 1024
MAX_CART_LINES = 100
MAX_PARTS = 20
MAX_PART_NUMBER = 99  # of one order, the ones that moved on included
MAX_ATTEMPTS = 5  # sourcing rounds per order before a human decides
MAX_CLAIM_RETRIES = 5  # refresh and retry inside one sourcing round
MAX_TIMELINE = 24  # entries kept on an item; the lake keeps all
MAX_NODES = 1_000
MAX_PACKAGES = 20
MAX_RETURNS = 99  # of one order, refused and expired ones included
MAX_RECEIPTS = 20  # parcels in which the goods of one return arrive
MAX_PACKAGE_WEIGHT_G = 1_000_000
MAX_PACKAGE_SIDE_MM = 10_000
MAX_DIGITAL_UNITS = 500  # of an order: one message names all their codes
MAX_SCANS = 999  # SKU or barcode scans of one pick confirmation
MAX_PART_ACTIONS = 25  # scanner confirmations in one request
MAX_CODE_TRIES = 5  # wrong collection codes before customer service has to help
MAX_RULES_BYTES = 64 * 1024  # of one version's document; the active one is read at checkout
MAX_RULE_VERSIONS = 99_999  # of one profile
MAX_REPLAY_DAYS = 31
MAX_REPLAY_OBJECTS = 100_000  # of the lake, orders or stock, that one replay reads
MAX_REPLAY_FILE_BYTES = 64 * 1024 * 1024
MAX_PROFILES = 100  # of sourcing rules; listed in one answer
MAX_DAILY_CAPACITY = 10_000  # parts of a node per day; more is no limit worth counting
MAX_CANDIDATES = 12  # nodes of which all sets are tried: 4,095 of them
MAX_SET_TESTS = 20_000  # of a set of nodes against a component of the demand, per decision
MAX_SETS_PRICED = 400  # per decision
MAX_SETS_ROUGHLY = 8  # once the work is cut short: the best is not sought for sure any more
MAX_SPLIT_STEPS = 10_000  # states of divisions of units among nodes, per decision
MAX_WAYS = 2_000  # to divide one component among a set of nodes
MAX_STRATEGIES = 50  # of one sourcing profile
MAX_NAMES = 1_000  # in one list of a strategy; all nodes are the most there is to name
MAX_BANDS = 20  # of one criterion
MAX_RELAX_DAYS = 60  # that a strategy may come later than promised
MAX_RECALLS = 50  # parts of a node that one run of the sweep calls back
MAX_FORECAST_KINDS = 2_000  # kinds of orders that scarcity prices are computed from
MAX_FORECAST_NODES = 12  # that may serve one kind: those with most of it, the cheapest first
MAX_SCARCITY_BYTES = 200_000  # of all scarcity prices: one object, read with the configuration
MAX_LANE_MARGINS = 1_000  # carrier lanes that are late too often: one object, read with the rest
MAX_DUE_PER_SHARD = 50  # what one run of the sweep takes on; the next run takes the rest
MAX_DUE_RESERVATIONS_PER_SHARD = 100
MAX_AUDIT_OBJECTS = 200  # of the lake in one run; the queue keeps the rest
MAX_AUDIT_SUSPECTS = 200  # looked at again in one run
MAX_AUDIT_CLAIMS = 100  # of one item, whose owners a run looks up
MAX_AUDIT_PACES = 100  # SKUs of one run that did not move: 28,800 a day
MAX_AUDIT_LOOKS = 6  # after which a movement that others follow is taken to be missing

MAX_AWAITED_PARTS = 50  # in one list of parts that are to be there on a day
MAX_ARRIVALS = 5_000  # parts that one run of the watch looks at; the next run takes the rest

STOCK_ITEM_BYTES = 400_000  # DynamoDB's item limit
CLAIM_BYTES = 32
MAX_CLAIMS_PER_ITEM = 10_000
MAX_FLOWS = 24  # entries of what came and went lately on one item, before they are merged
FLOW_BYTES = 16
STATE_BYTES = 400_000
LINE_UNITS_BYTES = 4 * MAX_QUANTITY

assert MAX_CLAIMS_PER_ITEM * CLAIM_BYTES < STOCK_ITEM_BYTES
assert MAX_DAILY_CAPACITY * CLAIM_BYTES < STOCK_ITEM_BYTES, "a day names each part it counts"
assert MAX_FLOWS * FLOW_BYTES < 512, "an item with few claims stays within one write unit"
assert MAX_SCARCITY_BYTES < STATE_BYTES, "one item of the configuration"
assert MAX_LINES * LINE_UNITS_BYTES < STATE_BYTES, "worst case: every unit alone in its range"
assert MAX_RULES_BYTES < MAX_BODY_BYTES < STOCK_ITEM_BYTES, "a document is sent and stored whole"
assert MAX_PARTS <= MAX_PART_NUMBER <= 99, "part numbers keep two digits in keys and claims"
assert MAX_RETURNS <= 99, "return numbers keep two digits in keys"

MAX_CODE_LENGTH = 100  # of a gift card or licence key
MAX_LINK_LENGTH = 500  # of a digital product, as the customer opens it
MAX_CODES_LOADED = 500  # in one request
CODES_AT_ONCE = 30  # moved to their order in one transaction
MAX_WAITING_SERVED = 100  # parts that wait for codes of a SKU, by one batch of new ones
LOOK_AFTER_S = 3600  # at a digital part that is still not delivered
CONFIG_TTL_S = 60  # how long a warm worker believes configuration it has read
EXCLUDE_FOR_S = 7 * 86_400  # a node that refused a line, from being asked for it again
OFFER_WIDEN_S = 900  # nobody claimed: more nodes see it
ACCEPT_TIMEOUT_S = 4 * 3600
COLLECT_WITHIN_S = 7 * 86_400
COLLECT_REMINDER_BEFORE_S = 2 * 86_400
CANCEL_ANSWER_WITHIN_S = 2 * 3600
RETURN_ARRIVES_WITHIN_S = 30 * 86_400
AUTHORISATION_WARNING_S = 86_400  # before it lapses, while the order still waits
PAYMENT_ANSWER_WITHIN_S = 86_400  # then the payer is taken to have gone
ORPHAN_CLAIM_AFTER_S = 600  # far beyond the timeout of the function that places orders
RESERVATION_TTL_S = 15 * 60  # of a cart that does not say
MAX_RESERVATION_TTL_S = 3600
MAX_RESERVATION_LIFE_S = 6 * 3600  # however often it is extended
PAGE_CLAIM_AFTER_S = 90  # a hot SKU's buyers wait for it; still beyond every claiming function
GUEST_LINK_TTL_S = 90 * 86_400
DOCUMENT_LINK_TTL_S = 900

# A file of stock lines is booked in chunks; each is one message and one run of the function.
MAX_FEED_FILE_BYTES = 256 * 1024 * 1024
FEED_CHUNK_BYTES = 32 * 1024  # about 700 lines
MAX_FEED_LINE_BYTES = 2 * 1024
MIN_FEED_LINE_BYTES = 12  # the shortest that can be booked: SKU, node, a digit, a time
MAX_FEED_CHUNK_LINES = FEED_CHUNK_BYTES // MIN_FEED_LINE_BYTES
FEED_FUNCTION_S = 120  # the timeout of the function, as in template.yaml
FEED_LINE_MS = 20  # a round trip and our own work for one line, slow days included
FEED_PARALLEL = 16
FEED_LOAD_TTL_S = 90 * 86_400
MAX_FILE_NAME_LENGTH = 1_000  # of a key in S3: 1,024 bytes
MAX_FEED_ERRORS_BYTES = 16 * 1024 * 1024  # of one file of refused lines; more make more files

assert 10 * MAX_FEED_CHUNK_LINES * FEED_LINE_MS < FEED_FUNCTION_S * 1000 * FEED_PARALLEL, (
    "a chunk has ten times the time that it needs"
)
assert MAX_FEED_LINE_BYTES < FEED_CHUNK_BYTES
MAX_SQS_BATCH = 10  # messages that SQS takes at once
MAX_FEED_CHUNKS = MAX_FEED_FILE_BYTES // FEED_CHUNK_BYTES
assert 10 * MAX_FEED_CHUNKS * FEED_LINE_MS < FEED_FUNCTION_S * 1000 * FEED_PARALLEL, (
    "what was refused of the largest file is gathered in a tenth of the time"
)
assert 5 * MAX_FEED_CHUNKS * FEED_LINE_MS < FEED_FUNCTION_S * 1000 * MAX_SQS_BATCH, (
    "the chunks of the largest file are queued in a fifth of the time"
)

# A document of goods on their way and all that follows from it are one transaction: per line an
# item and a supply row, or the row at the old date and at the new one.
MAX_SUPPLY_LINES = 45
MAX_SUPPLY_RECEIPTS = 50
TRANSACT_ACTIONS = 100
assert 2 * MAX_AWAITED_PARTS <= TRANSACT_ACTIONS, "lists of parts, and what came of each part"
assert 2 * MAX_SUPPLY_LINES + 6 <= TRANSACT_ACTIONS, "two documents, and their rows in lists"

assert 3 * CODES_AT_ONCE <= TRANSACT_ACTIONS, "a code leaves the pool, is known as taken, is held"
assert MAX_DIGITAL_UNITS * (MAX_CODE_LENGTH + MAX_LINK_LENGTH) < 10_000_000, "one mail"
assert MAX_CODES_LOADED * MAX_CODE_LENGTH < MAX_BODY_BYTES // 2

MAX_COUNT_LINES = 200  # of one count session, which is one item
COUNT_LINE_BYTES = 200
assert MAX_COUNT_LINES * COUNT_LINE_BYTES < STOCK_ITEM_BYTES
