"""The trail: who did what to whom, when, and the history of any row."""
