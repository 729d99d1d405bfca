"""`pillars sample`, which the demo and the journeys use: the invented trust brought in."""

from pillars.config.cli.app import out
from pillars.config.cli.database import set_up_django
from pillars.config.serving import prepare


def load_sample() -> None:
    """Bring in the trust through the same services and importers a school uses."""
    set_up_django("owner")
    from pillars.config.sample import loading

    prepare.note(**{"sample-begun": "yes"})
    loading.load(lambda line: out.print(line, markup=False))
    prepare.note(sample="loaded")
