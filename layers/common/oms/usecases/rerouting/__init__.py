"""Parts that no node has accepted yet go to other nodes."""
