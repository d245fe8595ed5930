"""The only reader of `data/`: YAML in, frozen models out, with file and line of every value."""

from macros.loading.dataset import Dataset, load, read_dataset
from macros.loading.validation import Loaded

__all__ = ["Dataset", "Loaded", "load", "read_dataset"]
