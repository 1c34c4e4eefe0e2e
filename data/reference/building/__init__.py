"""How the unit files are made from the package `vietnamadminunits`; needed in development only."""
