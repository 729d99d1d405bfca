"""The invented trust of examples/: who can sign in, and how it comes into the database."""
