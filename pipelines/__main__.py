"""`python -m pipelines` is `ebpm`."""

from pipelines.cli import main

main()
