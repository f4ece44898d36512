"""The outside, one file per service."""
