"""Pictures that departments supply (実施イメージ): cleaned, bounded, and told whose they are."""

from pipelines.pictures.collect import Picture, collect_pictures, write_pictures

__all__ = ["Picture", "collect_pictures", "write_pictures"]
