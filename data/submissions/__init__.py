"""Submissions from the first keystroke to the decision: what is due, one form, drafts, sending, review, history."""
