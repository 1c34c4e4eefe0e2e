"""The page on which a target is entered, corrected, taken back or adjusted."""
