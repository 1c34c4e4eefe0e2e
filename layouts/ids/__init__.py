"""Component ids, `<page>-<thing>`, one enum per page in a module of its own."""
