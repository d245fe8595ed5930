"""Data as text: whatever stands in a value shows as written and never runs."""

import re

from markupsafe import Markup

#: Every ASCII character that Markdown, HTML or Jinja could read as markup inside a line.
_MARKUP_CHARACTERS = re.compile(r"[!\"#$&'*+<=>@\[\\\]^_`{|}~]")


def as_text(value: object) -> Markup:
    """Data as text: it shows as written in Markdown and HTML alike, and never runs."""
    if isinstance(value, Markup):
        return value
    escaped = _MARKUP_CHARACTERS.sub(lambda found: f"&#{ord(found[0])};", str(value))
    return Markup(" ".join(escaped.split()))
