"""Indicators over time: readings, targets, signals, for a school and across a trust."""
