"""The one path by which the catalogue of units changes: planned without SQL, applied whole, undone by a change."""
