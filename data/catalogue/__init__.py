"""What is counted and what is compared: elements, forms, programmes and definitions, in memory."""
