"""The paperwork a school already has, read against one standard. Pure: no Django, no database."""
