"""What the bus, the lake and the metrics hear of a committed change."""
