"""The pages about schools, trusts, staff and calendars."""
