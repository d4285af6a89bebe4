"""Catalogue files: one circular each, or the crosswalk from 2018 to 2026. `load` reads
and checks every file before it stores any, in one transaction."""

from criteria.catalogue.fields import CatalogueError
from criteria.catalogue.loading import default_files, load

__all__ = ["CatalogueError", "default_files", "load"]
