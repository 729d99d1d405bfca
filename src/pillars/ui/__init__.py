"""The look of the house: layouts, components, form fields, charts, styles. Knows no pupil."""
