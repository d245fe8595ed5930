"""Term-start packs for schools: one zip a stage and region, made of reviewed lines and the stage's own plan."""

from macros.packs.packing import NAMES, names_of, packs

__all__ = ["NAMES", "names_of", "packs"]
