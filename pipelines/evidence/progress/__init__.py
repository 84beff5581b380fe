"""Where an initiative stands: rules and arithmetic, each with its reason.

Nothing here reads a table or a clock: rows come in, decisions go out, and `at` is the date as of
which something is decided. The rules in words: docs/methods_initiatives.ja.md.
"""
