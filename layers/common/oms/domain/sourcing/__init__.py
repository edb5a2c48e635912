"""Which nodes serve which units: the network, the question, the rules, the choice."""
