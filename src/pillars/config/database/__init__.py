"""The PostgreSQL engine of Django, told where the server is only when it is first needed."""
