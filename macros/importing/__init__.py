"""Lists of shelters as officials keep them → `data/shelters/`, with no row lost and nothing private let in.

formulas, sheets (any file → rows) → headers (which column is what) → cells, places (one value) → rows (one
shelter or a reason) → identities (the same shelter as last time) → reports, command.
"""
