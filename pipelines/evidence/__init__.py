"""Evidence: pure functions over the tables of an edition, each with its source."""
