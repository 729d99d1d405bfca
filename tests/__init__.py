"""Makes `tests` this folder: two dependencies install a package of that name as well."""
