"""A process that has loaded the program and its tests, and is forked for each change.

Loading both anew takes longer than most tests. In a child of such a process the changed function
takes the place of the one that was loaded, and the tests that are asked run. Where that would not
be the same as a change of the file, because what was changed has been run while loading, nothing
is run and the answer says so.
"""

from __future__ import annotations

import gc
import inspect
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

ASKED = "VRELTUI_TESTS_ASKED"
MOST_BYTES = 6 << 30
"""What a test may take of memory with a change that never stops to ask for more."""

NOTICED, UNNOTICED, OTHERWISE = 1, 0, 3
"""What a child ends with; the last where the change has to be tried otherwise."""


class Loaded:
    """The process that is forked, from the side that asks it."""

    def __init__(self, root: Path, folders: Sequence[str]) -> None:
        own, other = socket.socketpair()
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        command += ["-p", Path(__file__).stem, *folders]
        told = {**os.environ, ASKED: str(other.fileno())}
        told["PYTHONPATH"] = str(Path(__file__).parent)
        self._process = subprocess.Popen(
            command,
            cwd=root,
            env=told,
            pass_fds=[other.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        other.close()
        self._asked = own.makefile("rw", encoding="utf-8")
        own.close()

    def close(self) -> None:
        """End it."""
        self._asked.close()
        self._process.wait()

    def is_noticed(
        self, file: Path, texts: tuple[str, str], tests: Sequence[str], seconds: float
    ) -> bool | None:
        """Whether one of these tests turns red with the second text in place of the first.

        So does one that computes for longer than ``seconds``. None: it has to be tried otherwise.
        """
        question = {"file": str(file), "texts": texts, "tests": tests, "seconds": seconds}
        self._asked.write(json.dumps(question) + "\n")
        self._asked.flush()
        answer = int(self._asked.readline())
        return None if answer == OTHERWISE else answer != UNNOTICED


def limit(seconds: int) -> None:
    """End this process when it has computed for so long, and let it have no more than enough."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 2))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))


def swapped(file: str, old: str, new: str, live: Sequence[FunctionType]) -> bool:
    """Put what a file's changed functions do in the place of what was loaded, where it can be."""
    if not live:
        return True  # it will be loaded from the changed file
    first, second = compile(old, file, "exec"), compile(new, file, "exec")
    if _loading(first) != _loading(second):
        return False
    pairs = list(zip(_functions(first), _functions(second), strict=True))
    changed = {own: other for own, other in pairs if own != other}
    inner = {code for own in changed for code in _inside(own)}
    if any(function.__code__ in inner for function in live):
        return False
    places = [function for function in live if function.__code__ in changed]
    if {function.__code__ for function in places} != set(changed):
        return False
    try:
        for function in places:
            function.__code__ = changed[function.__code__]
    except ValueError:  # it closes over other names than before
        return False
    return True


def _loading(code: CodeType) -> list[object]:
    """What is done when a file is loaded, but for what its functions do."""
    found: list[object] = [code.co_code, code.co_names]
    for constant in code.co_consts:
        if not isinstance(constant, CodeType):
            found.append((type(constant), constant))
        elif constant.co_flags & inspect.CO_OPTIMIZED:
            found.append(constant.co_name)
        else:
            found.append(_loading(constant))
    return found


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The functions of a file and of its classes, in their order."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            is_function = constant.co_flags & inspect.CO_OPTIMIZED
            yield from (constant,) if is_function else _functions(constant)


def _inside(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inside(constant)


class _Forking:
    """The plugin: it collects tests, and runs those that it is asked in children."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        live: dict[str, list[FunctionType]] = {}
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                live.setdefault(each.__code__.co_filename, []).append(each)
        items = {item.nodeid: item for item in session.items}
        gc.freeze()
        with self._asked.makefile("r", encoding="utf-8") as questions:
            for line in questions:
                question = json.loads(line)
                child = os.fork()
                if child == 0:
                    try:
                        os.setpgid(0, 0)
                        os._exit(_answer(session, question, items, live))
                    finally:
                        os._exit(NOTICED)
                self._asked.send(f"{_ended(child, question['seconds'])}\n".encode())
        return True


def _answer(
    session: pytest.Session,
    question: Mapping[str, Any],
    items: Mapping[str, pytest.Item],
    live: Mapping[str, list[FunctionType]],
) -> int:
    """In a child: change, run, and say what it came to."""
    from _pytest.main import pytest_runtestloop

    file, seconds = question["file"], int(question["seconds"])
    old, new = question["texts"]
    try:
        session.items = [items[test] for test in question["tests"]]
        if not swapped(file, old, new, live.get(file, [])):
            return OTHERWISE
    except (KeyError, SyntaxError):
        return OTHERWISE
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    limit(seconds)
    try:
        pytest_runtestloop(session)
    except BaseException:  # a change may end what runs the tests as well
        return NOTICED
    return NOTICED if session.testsfailed else UNNOTICED


def _ended(child: int, seconds: float) -> int:
    """What a child ends with; one that waits for ever is ended, and what it began with it."""
    descriptor = os.pidfd_open(child)
    select.select([descriptor], [], [], 60 + 10 * seconds)
    os.close(descriptor)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) in (UNNOTICED, OTHERWISE):
        return os.WEXITSTATUS(status)
    return NOTICED


def pytest_configure(config: pytest.Config) -> None:
    """Ask which tests to run with which changes, where it is wanted."""
    if ASKED in os.environ:
        asked = socket.socket(fileno=int(os.environ.pop(ASKED)))
        config.pluginmanager.register(_Forking(asked), "forked-for-each-change")
