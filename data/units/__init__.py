"""Administrative units: identity, dated versions, tree and lineage."""
