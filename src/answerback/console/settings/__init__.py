"""The settings of a business and its locations, page by page; each shows what is inherited and from where."""
