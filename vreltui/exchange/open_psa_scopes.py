"""Names of the Model Exchange Format: containers, public and private ones, paths with dots."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vreltui.exchange.fault_model import Place
from vreltui.exchange.markup import Element, refused
from vreltui.model import Problem, shown
from vreltui.storage import FileError

_NAME = re.compile(r"[^\s.]{1,1000}")
_PATH = re.compile(r"[^\s.]{1,1000}(?:\.[^\s.]{1,1000}){0,100}")
MOST_SAID = 20


@dataclass(frozen=True)
class Scope:
    """The containers in which something stands, outermost first; ``public`` if no word says it."""

    file: str
    names: tuple[str, ...] = ()
    public: bool = True

    @property
    def path(self) -> str:
        """The path of the container."""
        return ".".join(self.names)

    @property
    def tree(self) -> str:
        """The fault tree in which it is."""
        return self.names[0] if self.names else ""

    @property
    def depth(self) -> int:
        """How many containers there are."""
        return len(self.names)

    def inside(self, name: str, role: str | None) -> Scope:
        """The scope within a container."""
        public = self.public if role is None else role != "private"
        return Scope(self.file, (*self.names, name), public)

    def name_of(self, element: Element, *, path: bool = False) -> str:
        """The name that an element gives. Raises :class:`FileError`."""
        name = (element.get("name") or "").strip()
        if (_PATH if path else _NAME).fullmatch(name) is None:
            what = f'{element.tag} has the name "{shown(name, most=60)}"'
            raise refused(self.file, element.line, what, "a name without spaces and dots is right")
        return name


@dataclass
class Scopes:
    """All names of a model: full paths by where they can be seen from."""

    count: int = 0
    trees: dict[str, str] = field(default_factory=dict)
    """Fault trees, each with its title."""
    scope_of: dict[str, Scope] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)
    """What stands for an event in every formula: a member of a group of common causes."""
    _public: dict[tuple[str, str], str] = field(default_factory=dict)
    _paths: dict[tuple[str, str], str] = field(default_factory=dict)
    _missing: list[tuple[str, Place]] = field(default_factory=list)
    _places: dict[str, Place] = field(default_factory=dict)

    def define(self, kind: str, name: str, element: Element, scope: Scope) -> str:
        """The path of a new name, which is the name itself where it is public."""
        role = element.get("role")
        public = scope.public if role is None else role != "private"
        full = ".".join((*scope.names, name))
        path = name if public else full
        taken = self._public.get((kind, name)) if public else self._paths.get((kind, full))
        taken = taken or self._paths.get((kind, full))
        if taken is not None:
            before = self._places[f"{kind} {taken}"]
            what = f"{shown(full, most=80)} is defined twice, at first in line {before.line}"
            raise refused(scope.file, element.line, what, "one definition is right")
        if public:
            self._public[kind, name] = path
        self._paths[kind, full] = path
        self._places[f"{kind} {path}"] = Place(scope.file, element.line)
        self.count += 1
        return path

    def declared(self, kind: str, name: str, scope: Scope) -> str | None:
        """The path that a name means, seen from a container; None where there is none."""
        for depth in range(len(scope.names), -1, -1):
            found = self._paths.get((kind, ".".join((*scope.names[:depth], name))))
            if found is not None:
                return found
        return self._public.get((kind, name))

    def find(self, kind: str, name: str, scope: Scope, place: Place) -> str | None:
        """As :meth:`declared`; a name that means nothing is noted as missing."""
        found = self.declared(kind, name, scope)
        if found is None:
            self._missing.append((name, place))
        return found

    def refuse_missing(self) -> None:
        """Raise :class:`FileError` with all names that mean nothing."""
        if not self._missing:
            return
        seen: dict[str, Place] = {}
        for name, place in self._missing:
            seen.setdefault(name, place)
        faults = [
            (place.line, Problem((), f"{shown(name, most=80)} is used, and defined nowhere"))
            for name, place in seen.items()
        ]
        file = next(iter(seen.values())).file
        raise FileError(file, *faults[0], tuple(faults[1:]))
