"""pyglossary, which others wrote, as the reader of what is exported."""

import logging


def read(path, format):
    """Return the article of every form that pyglossary finds in a dictionary."""
    from pyglossary.glossary_v2 import Glossary

    Glossary.init()
    logging.getLogger("pyglossary").setLevel(logging.ERROR)
    dictionary = Glossary()
    assert dictionary.directRead(str(path), formatName=format)
    found = {}
    for entry in dictionary:
        for form in entry.l_term if hasattr(entry, "l_term") else entry.l_word:
            found.setdefault(form, entry.defi)
    dictionary.cleanup()
    return found
