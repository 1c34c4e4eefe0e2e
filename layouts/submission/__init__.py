"""The pages on which an officer sees what is due, fills in a form and sends it."""
