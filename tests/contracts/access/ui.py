from tests.contracts.access.row import Door, Row

ROWS = {"ui:gallery": Row(Door.SIGNED_IN)}
