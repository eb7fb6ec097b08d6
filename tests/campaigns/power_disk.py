"""A disk that remembers every write and every flush, so that its power can be cut at any of them.

It is a file in a file system in user space (FUSE, spoken here without a library), which a loop
device presents as a disk. What ext4 and the kernel send to it arrives as on a real disk with a
volatile cache: writes in some order, and flushes, before whose end all writes up to them have to
be on the medium. Needs Linux, root, /dev/fuse and a free loop device.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import select
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from errno import ENOSYS
from pathlib import Path

SIZE = 16 << 20
NAME = b"disk"
_MOST = 128 << 10
_HEADER = struct.Struct("<IIQQIIII")
_ANSWER = struct.Struct("<IiQ")
_NOSUID_NODEV = 6
_DIRECT = 1
_BIG_WRITES = 1 << 5
_NO_ANSWER = (2, 36, 42)  # forget, interrupt, forget many
_INIT, _LOOKUP, _GETATTR, _SETATTR, _OPEN, _READ, _WRITE = 26, 1, 3, 4, 14, 15, 16
_FSYNC, _EMPTY = 20, (18, 25, 29, 34, 38)  # release, flush, release folder, access, end


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes that arrived at a place of the disk."""

    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Flush:
    """The end of a flush: all that arrived before is on the medium."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that who uses the disk said at this point."""

    text: str


Entry = Write | Flush | Mark


def possible() -> bool:
    """Whether such a disk can be made here."""
    tools = all(shutil.which(tool) for tool in ("mkfs.ext4", "mount", "losetup"))
    return os.geteuid() == 0 and os.access("/dev/fuse", os.R_OK) and tools and _a_loop_is_free()


def _a_loop_is_free() -> bool:
    found = subprocess.run(["losetup", "--find"], capture_output=True, check=False)
    return found.returncode == 0


def record(
    folder: Path, options: str, use: Callable[[Path, Callable[[str], None]], None]
) -> tuple[bytes, list[Entry]]:
    """Have ``use`` work on a new ext4 on such a disk; the disk before, and what arrived there.

    ``use`` is given the mounted folder, and what puts a mark into the record.
    """
    image = folder / "image"
    with image.open("wb") as file:
        file.truncate(SIZE)
    _run("mkfs.ext4", "-q", "-F", "-b", "1024", "-J", "size=1", str(image))
    served, mounted = folder / "served", folder / "mounted"
    served.mkdir()
    mounted.mkdir()
    ours, theirs = socket.socketpair()
    server = os.fork()
    if server == 0:
        ours.close()
        _serve(image, served, theirs, folder / "log")
    theirs.close()
    _confirmed(ours)
    try:
        _used(served / NAME.decode(), mounted, options, use, ours)
    finally:
        _run("umount", str(served))
        os.waitpid(server, 0)
        ours.close()
    entries: list[Entry] = pickle.loads((folder / "log").read_bytes())
    return image.read_bytes(), entries


def _used(
    disk: Path,
    mounted: Path,
    options: str,
    use: Callable[[Path, Callable[[str], None]], None],
    marks: socket.socket,
) -> None:
    def mark(text: str) -> None:
        marks.sendall(text.encode() + b"\n")
        _confirmed(marks)

    device = _run("losetup", "--find", "--show", str(disk)).strip()
    try:
        _run("mount", "-t", "ext4", "-o", options, device, str(mounted))
        try:
            use(mounted, mark)
        finally:
            _run("umount", str(mounted))
    finally:
        _run("losetup", "--detach", device)
        # The loop device lets go of the file a moment later.
        end = time.monotonic() + 10
        while device in _run("losetup", "--list", "--noheadings") and time.monotonic() < end:
            time.sleep(0.05)


def _confirmed(marks: socket.socket) -> None:
    if marks.recv(1) != b"+":
        raise RuntimeError("the disk is gone")


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def _serve(image: Path, served: Path, marks: socket.socket, log: Path) -> None:
    """In a process of its own: be the file system until it is unmounted, then write the log."""
    status = 1
    try:
        disk = _Disk(bytearray(image.read_bytes()))
        device = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
        options = f"fd={device},rootmode=40000,user_id=0,group_id=0,max_read={_MOST}"
        libc = ctypes.CDLL(None, use_errno=True)
        where = os.fsencode(served)
        if libc.mount(b"vreltui", where, b"fuse", _NOSUID_NODEV, options.encode()) != 0:
            raise OSError(ctypes.get_errno(), "it can't be mounted")
        marks.sendall(b"+")
        disk.serve(device, marks)
        log.write_bytes(pickle.dumps(disk.entries))
        status = 0
    finally:
        os._exit(status)


class _Disk:
    """The one file, and what happened to it."""

    def __init__(self, content: bytearray) -> None:
        self.content = content
        self.entries: list[Entry] = []

    def serve(self, device: int, marks: socket.socket) -> None:
        """Answer until the file system is unmounted."""
        poll = select.poll()
        poll.register(device, select.POLLIN)
        poll.register(marks, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == marks.fileno():
                    said = marks.recv(1 << 16)
                    if not said:
                        poll.unregister(marks)
                        continue
                    self.entries.append(Mark(said.decode().strip()))
                    marks.sendall(b"+")
                elif not self._answer(device):
                    return

    def _answer(self, device: int) -> bool:
        try:
            request = os.read(device, _MOST + 4096)
        except OSError:  # unmounted
            return False
        _, operation, unique, node, *_ = _HEADER.unpack_from(request)
        if operation in _NO_ANSWER:
            return True
        answer = self._answer_to(operation, node, request[_HEADER.size :])
        error, body = (-ENOSYS, b"") if answer is None else (0, answer)
        os.write(device, _ANSWER.pack(_ANSWER.size + len(body), error, unique) + body)
        return True

    def _answer_to(self, operation: int, node: int, body: bytes) -> bytes | None:
        if operation == _INIT:
            ahead = struct.unpack_from("<I", body, 8)[0]
            return struct.pack(
                "<IIIIHHIIHHI28x", 7, 31, ahead, _BIG_WRITES, 16, 12, _MOST, 1, 0, 0, 0
            )
        if operation == _LOOKUP:
            return struct.pack("<QQQQII", 2, 0, 3600, 3600, 0, 0) + self._attributes(2)
        if operation in (_GETATTR, _SETATTR):
            return struct.pack("<QII", 3600, 0, 0) + self._attributes(node)
        if operation == _OPEN:
            return struct.pack("<QII", 1, _DIRECT, 0)
        if operation == _READ:
            _, at, size = struct.unpack_from("<QQI", body)
            return bytes(self.content[at : at + size])
        if operation == _WRITE:
            _, at, size = struct.unpack_from("<QQI", body)
            data = body[40 : 40 + size]
            self.content[at : at + size] = data
            self.entries.append(Write(at, data))
            return struct.pack("<II", size, 0)
        if operation == _FSYNC:
            self.entries.append(Flush())
            return b""
        return b"" if operation in _EMPTY else None

    def _attributes(self, node: int) -> bytes:
        folder = node == 1
        mode, size = (0o40755, 0) if folder else (0o100600, len(self.content))
        times = (0,) * 6
        return struct.pack(
            "<QQQQQQIIIIIIIIII", node, size, size // 512, *times, mode, 1, 0, 0, 0, 4096, 0
        )
