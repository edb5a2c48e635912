"""What the use cases need from the outside world. Stores and gateways implement these."""

from .backorders import Backorders
from .config import ConfigReader
from .count_sessions import CountSessions
from .digital_goods import DigitalGoods
from .feeds import ChunkQueue, Inbox, Loads
from .hot_stock import Bindings, StockHeat, StockPages
from .looking_ahead import OrderHistory, ScarcityBook
from .nodes import Nodes
from .notifying import Messenger, Renderer
from .orders import Orders
from .parcels import Carrier, Documents, LabelPrinter
from .payments import PaymentGateway, PaymentGateways
from .promises import Awaited, Lanes, PromiseBook
from .publishing import Bus, Lake
from .reservations import Reservations
from .row import Row
from .running import Memory, Workflows
from .shown_stock import ShownStock
from .steering import RuleBook
from .stock import (
    Availability,
    CountFence,
    ExpectedSupply,
    Refresher,
    Stock,
    StockClaims,
    StockItems,
    StockMovements,
    WaitingDemand,
    WorkDays,
)
from .stock_feeds import StockFeeds
from .suppliers import SupplierPost
from .supplies import Suppliers, Supplies
from .worker import Worker

__all__ = [
    "Awaited",
    "Backorders",
    "Bindings",
    "Bus",
    "Carrier",
    "ChunkQueue",
    "ConfigReader",
    "CountSessions",
    "DigitalGoods",
    "Documents",
    "OrderHistory",
    "Inbox",
    "LabelPrinter",
    "Lake",
    "Lanes",
    "Loads",
    "Memory",
    "Messenger",
    "Nodes",
    "Orders",
    "PaymentGateway",
    "PaymentGateways",
    "PromiseBook",
    "Renderer",
    "Reservations",
    "Row",
    "RuleBook",
    "ScarcityBook",
    "ShownStock",
    "Stock",
    "StockFeeds",
    "StockHeat",
    "StockPages",
    "Availability",
    "CountFence",
    "ExpectedSupply",
    "Refresher",
    "StockClaims",
    "StockItems",
    "StockMovements",
    "WaitingDemand",
    "WorkDays",
    "SupplierPost",
    "Suppliers",
    "Supplies",
    "Worker",
    "Workflows",
]
