"""`python -m pillars.config.cli`: what `bin/pillars` runs."""

from pillars.config.cli.app import main

main()
