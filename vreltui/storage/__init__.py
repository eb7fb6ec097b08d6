"""Design files: read, check, change and save them. The one gate for text from outside."""

from vreltui.storage.document import Document, parse, parse_bytes
from vreltui.storage.errors import (
    ChangedOnDisk,
    FileError,
    ReadOnlyError,
    SaveError,
    UnconfirmedError,
)
from vreltui.storage.keep.save import save
from vreltui.storage.reading import read
from vreltui.storage.schema import schema
from vreltui.storage.text.render import render
from vreltui.storage.text.rewrite import rewrite, verify

__all__ = [
    "ChangedOnDisk",
    "Document",
    "FileError",
    "ReadOnlyError",
    "SaveError",
    "UnconfirmedError",
    "parse",
    "parse_bytes",
    "read",
    "render",
    "rewrite",
    "save",
    "schema",
    "verify",
]
