"""Every key and every access pattern. Nothing else in the code builds a key.
One module per table; the auditor's few stand with the stock they are about.

| access pattern | how |
|---|---|
| an order with all its parts, payments, returns, messages, cases | Query Orders pk = O#<order> |
| one item of an order | GetItem (pk, sk) |
| a customer's orders, newest first | GSI by_customer: cu = <channel>#<customer>, at |
| what a node has to do or may claim, oldest first | GSI by_node: gn = <node>, at; then BatchGetItem |
| whether a node takes orders | GetItem Orders (NODE#<node>, NODE#) |
| the part that a carrier's scan is about | its reference names order and part: GetItem |
| what is due | GSI by_due: ds = shard, due ≤ now; one Query per shard |
| a cart's reservation | GetItem Orders (R#<id>, RESERVATION) |
| reservations that ran out | GSI by_due in shards of their own: a rush of carts delays no order |
| what nodes with a capacity took on for a day | Query Stock pk = DAY#<ISO date> |
| a SKU's whole network: stock, supply, waiting demand, sales | Query Stock pk = SKU#<sku> |
| what its ledgers tell of a SKU's sales and age | GetItem Stock (SKU#<sku>, SIGNALS) |
| the same in short, for quotes | GSI shown: pk = SKU#<sku> |
| stock of many (SKU, node) pairs | BatchGetItem Stock (SKU#<sku>, NODE#<node>) |
| further pages of a hot SKU at a node, numbered | BatchGetItem pk = PAGE#<n>#<node>#<sku>, PAGE |
| whether a movement without a claim happened | condition on Stock (MOVE#<id>, MOVE) |
| units of a SKU sold beyond stock, and by which order | condition on Stock (SKU#<sku>, BACKORDER) |
| waiting demand of a SKU in priority order | Query Stock pk, begins_with(sk, WAIT#) |
| a purchase order, an advance notice, a transfer | GetItem Stock (PO#… NOTICE#… TRANSFER#<id>, DOC) |
| the documents that a node has something to do with, by date | Query Stock pk = DOCS#<node> |
| a count session | GetItem Stock (COUNT#<id>, SESSION) |
| the open count sessions of a node | Query Stock pk = COUNTS#<node> |
| drops of a file of stock lines, with their progress | Query Stock pk = FILE#<name> |
| which chunks of a drop are booked, and of which lines were refused | Query Stock pk = LOAD#<id> |
| cases about a SKU | Query Stock pk, begins_with(sk, CASE#) |
| the levels of a SKU that were told, and its campaigns | Query Stock pk = LEVEL#<sku> |
| open cases about stock, the oldest first | GSI by_case: cq = OPEN, at |
| where the ledger of a (SKU, node) stands | GetItem Audit (LEDGER#<sku>#<node>, LEDGER) |
| what the auditor suspects | Query Audit pk = SUSPECTS |
| SKUs whose pace is to be looked at by a day | Query Audit pk = PACES, oldest first |
| the parts that are to be there on a day | Query Promises pk = AWAITED#<ISO date> |
| what came of what was promised for a day | Query Promises pk = KEPT#<ISO date> |
| free codes of a digital SKU, from a place of the order's own | Query Goods pk, sk between FREE#… |
| how many codes of a SKU are left | Query Goods pk, begins_with(sk, FREE#), counted |
| whether a code was ever given | condition on Goods (CODES#<sku>, TAKEN#<fingerprint>) |
| parts that wait for codes of a SKU, the longest first | Query Goods pk, sk between WAITS#… |
| what the units of an order were given | Query Goods pk = O#<order>, GIVEN# |
| configuration | BatchGetItem Config on known keys |
| a replay of past orders that was asked for | GetItem Config (REPLAY#<name>, JOB) |
| profiles that have versions of rules | Query Config pk = PROFILES, PROFILE# |
| versions of a profile's rules, newest first | Query Config pk = RULES#<profile>, VERSION# |
"""

from .config import *
from .digital import *
from .orders import *
from .promises import *
from .stock import *
