"""Put together what the desk's screens show: head, table, sheets, dialogs, results."""
