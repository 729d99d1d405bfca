"""The mathematics of fair comparison. Pure: no Django, no clock, no files."""
