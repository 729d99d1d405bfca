"""Trusts, schools, the people who work in them and the roles they hold."""
