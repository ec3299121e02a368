"""Extracts of child-level data: read whatever their shape, checked, and kept as folders of Parquet."""
