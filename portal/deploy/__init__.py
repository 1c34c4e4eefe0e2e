"""How the portal runs on a server."""
