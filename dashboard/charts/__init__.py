"""Charts: figures of an edition in, a drawing out; pure."""
