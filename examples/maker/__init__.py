"""Makes the sample trust: every name, child and sentence in it is invented."""
