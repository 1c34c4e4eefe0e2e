"""Who is asking, and which part of the unit tree a permission opens to them."""
