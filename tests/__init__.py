"""What we promise, including promises about the code itself."""
