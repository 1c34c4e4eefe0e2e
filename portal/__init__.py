"""The portal: assembles and runs the rest. Nothing imports it."""
