"""Published values as the ministry keeps them: entered, imported, corrected, withdrawn, and their history."""
