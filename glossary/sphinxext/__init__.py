"""A Sphinx extension: a domain of policy terms, with search that finds what people type."""
