"""The library of videos and the studio they are made in."""
