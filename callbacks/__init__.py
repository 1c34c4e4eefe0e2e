"""Where rights, facts and views meet: authorise, ask, draw."""
