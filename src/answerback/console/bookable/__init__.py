"""Who and what can be booked, page by page: people with their hours and time off, things, the way between areas."""
