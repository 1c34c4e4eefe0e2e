"""The pages on which a unit keeps groups of the units below it."""
