"""Limits of sourcing: its configuration, its rules, and the work of one decision."""

from .aws import ITEM_BYTES, MAX_BODY_BYTES

MAX_NODES = 1_000
CONFIG_TTL_S = 60  # how long a warm worker believes configuration it has read
MAX_CLAIM_RETRIES = 5  # refresh and retry inside one sourcing round

MAX_RULES_BYTES = 64 * 1024  # of one version's document; the active one is read at checkout
MAX_RULE_VERSIONS = 99_999  # of one profile
MAX_PROFILES = 100  # of sourcing rules; listed in one answer
MAX_STRATEGIES = 50  # of one sourcing profile
MAX_NAMES = 1_000  # in one list of a strategy; all nodes are the most there is to name
MAX_BANDS = 20  # of one criterion
MAX_RELAX_DAYS = 60  # that a strategy may come later than promised

MAX_CANDIDATES = 12  # nodes of which all sets are tried: 4,095 of them
MAX_SET_TESTS = 20_000  # of a set of nodes against a component of the demand, per decision
MAX_SETS_PRICED = 400  # per decision
MAX_SETS_ROUGHLY = 8  # once the work is cut short: the best is not sought for sure any more
MAX_SPLIT_STEPS = 10_000  # states of divisions of units among nodes, per decision
MAX_WAYS = 2_000  # to divide one component among a set of nodes

MAX_FORECAST_KINDS = 2_000  # kinds of orders that scarcity prices are computed from
MAX_FORECAST_NODES = 12  # that may serve one kind: those with most of it, the cheapest first
MAX_SCARCITY_BYTES = 200_000  # of all scarcity prices: one object, read with the configuration

MAX_REPLAY_DAYS = 31
MAX_REPLAY_OBJECTS = 100_000  # of the lake, orders or stock, that one replay reads
MAX_REPLAY_FILE_BYTES = 64 * 1024 * 1024

assert MAX_RULES_BYTES < MAX_BODY_BYTES, "a document is sent and stored whole"
assert MAX_SCARCITY_BYTES < ITEM_BYTES, "one item of the configuration"
assert MAX_NAMES >= MAX_NODES, "a list may name every node"
