"""An agency's view of its businesses: the worst first, one press away, under the agency's own name and looks."""
