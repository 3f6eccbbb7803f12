"""The console as an app on a phone: manifest, icons drawn by us, a shell for when there is no network."""
