"""Proof that the data says what the documents say, both ways.

numerals → figures → texts → claims, own_words → proofs → accounting → report
"""

from macros.verify.report import print_report, verify

__all__ = ["print_report", "verify"]
