"""The parts that pages are put together from: each draws one thing and computes nothing."""
