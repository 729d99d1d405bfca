"""What stands on the first page: what is due, how things stand, whose pupils there are."""
