"""The only writers: one transaction per use case, no network inside one."""
