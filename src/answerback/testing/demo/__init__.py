"""The demo: a lifelike business on the embedded database and the pretend phones, and one missed call played live."""
