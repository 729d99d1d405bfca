"""The pages of standards, for a school and for a trust alike."""
