"""What the series of shopping streets say about a subsidy, how surely, and when they say nothing.

Nothing here reads a table or a clock: arrays come in, estimates or refusals go out. Formulas, the
scale, when it refuses and how often its intervals hold: docs/methods_cashless.ja.md.
"""
