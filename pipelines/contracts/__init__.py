"""The catalogue as types: checks, table definitions, labels and documentation come from here."""

from pipelines.contracts.load import Catalogue, load_catalogue
from pipelines.contracts.measures import Measure, Quantity
from pipelines.contracts.types import Contract, FieldContract, ForeignKey

__all__ = [
    "Catalogue",
    "Contract",
    "FieldContract",
    "ForeignKey",
    "Measure",
    "Quantity",
    "load_catalogue",
]
