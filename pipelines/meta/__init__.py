"""The tables by which an edition explains itself: schema `meta`."""

from pipelines.meta.datasets import is_stale, write_datasets
from pipelines.meta.edition import write_build, write_contracts, write_table_digests
from pipelines.meta.files import write_corrections, write_sources
from pipelines.meta.measures import write_measures

__all__ = [
    "is_stale",
    "write_build",
    "write_contracts",
    "write_corrections",
    "write_datasets",
    "write_measures",
    "write_sources",
    "write_table_digests",
]
