"""The facts, and the only code that reads or writes them."""
