"""Accounts as the database keeps them: who they are, the roles that they hold, and failed attempts to sign in."""
