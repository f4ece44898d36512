"""The procedures, and the one path by which anything is decided."""
