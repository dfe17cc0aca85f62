"""Large collections: Arrow in and Arrow out, files over processes, and work that goes on where it was stopped.

>>> import pyarrow as pa
>>> from glossary.corpus import annotate_batches
>>> from glossary.dictionary import Glossary
>>> texts = pa.record_batch({"text": ["推进一網通辦", None]})
>>> for batch in annotate_batches([texts], Glossary.from_headwords(["一网通办"])):
...     print(batch.select(["row", "start", "end", "term", "variant", "problem"]).to_pylist())
[{'row': 0, 'start': 2, 'end': 6, 'term': '一网通办', 'variant': 'traditional', 'problem': None}, {'row': 1, 'start': None, 'end': None, 'term': None, 'variant': None, 'problem': 'no text: the value is null'}]
"""

from glossary.errors import MissingExtraError

try:
    import pyarrow  # noqa: F401
except ImportError:
    raise MissingExtraError(
        'large collections need pyarrow. Install it with: pip install "policy-glossary[corpus]"'
    ) from None

from glossary.corpus.columns import COLUMNS, annotate_batches, mention_schema
from glossary.corpus.files import Annotated, annotate_file
from glossary.corpus.harvests import Harvested, harvest_folder

__all__ = [
    "COLUMNS",
    "Annotated",
    "Harvested",
    "annotate_batches",
    "annotate_file",
    "harvest_folder",
    "mention_schema",
]
