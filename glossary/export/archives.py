"""Zip files that come out the same whenever they are made."""

from __future__ import annotations

import shutil
import zipfile
from typing import BinaryIO

__all__ = ["add", "opened"]

# the earliest that a zip file can say
_EPOCH = (1980, 1, 1, 0, 0, 0)


def opened(stream: BinaryIO) -> zipfile.ZipFile:
    """Open a zip file to write."""
    return zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)


def add(archive: zipfile.ZipFile, name: str, content: bytes | BinaryIO) -> None:
    """Add a file, without the time and the rights of its making; what is read from a stream is never held whole."""
    about = zipfile.ZipInfo(name, _EPOCH)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.create_system = 3
    about.external_attr = 0o644 << 16
    with archive.open(about, "w", force_zip64=not isinstance(content, bytes)) as target:
        if isinstance(content, bytes):
            target.write(content)
        else:
            shutil.copyfileobj(content, target)
