"""Staff work here: the inbox, one conversation with its timeline, to-dos. Every act goes through `workflow.desk`."""
