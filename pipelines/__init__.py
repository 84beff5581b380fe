"""Files in, evidence out: the only writer of the warehouse."""
