"""How a unit hands its targets down to the units below it."""
