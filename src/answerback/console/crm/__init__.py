"""The pages of a business's CRM: connect it, choose what is copied and whose word counts, see what waits and why."""
