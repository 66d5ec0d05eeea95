"""Procedures and quality records as plain files in Git: checked, reviewed on time, published as a handbook."""

__version__ = "0.1.0"
