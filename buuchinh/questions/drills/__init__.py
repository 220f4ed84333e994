"""Pictures of parcels put together from parts, which of them a person is shown, and how what was said is counted."""
