"""Finding ways through a network: the shortest one, others beside it, and many of them quickly."""
