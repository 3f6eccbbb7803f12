"""Playbooks in the console: edited as forms, checked, tried out, published, compared, rolled back."""
