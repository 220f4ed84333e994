"""Operating systems for which offline bundles are built: accepted wheel tags and values for lock-file markers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms

VERSIONS = ("3.11", "3.12", "3.13")
"""Python versions on which the course runs; the start files accept no others."""
_GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")


@dataclass(frozen=True)
class System:
    """An operating system found on office PCs.

    ``platform`` is the platform's name in ``key``. ``markers`` holds (marker, value) pairs for lock files, and
    ``wheels`` the accepted platform tags of wheels, best first.
    """

    name: str
    title: str
    platform: str
    markers: tuple[tuple[str, str], ...]
    wheels: tuple[str, ...]

    @property
    def windows(self) -> bool:
        """Whether paths and packages are laid out as on Windows."""
        return self.name == "windows"

    def key(self, python: str) -> str:
        """Return this system's key for a Python version such as ``3.11``, in the format of ``lab.unpack.key``."""
        return f"{python}-{self.platform}"

    def environment(self, python: str) -> dict[str, str]:
        """Return the values of lock-file markers on this system for a Python version such as ``3.11``."""
        same = {"implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""}
        return dict(self.markers) | same | {"python_version": python, "python_full_version": f"{python}.0"}

    def tags(self, python: str) -> Iterator[Tag]:
        """Yield the wheel tags that a Python version such as ``3.11`` accepts on this system, best first."""
        version = tuple(map(int, python.split(".")))
        yield from cpython_tags(version, platforms=self.wheels)
        yield from compatible_tags(version, f"cp{python.replace('.', '')}", self.wheels)


SYSTEMS = {
    "windows": System(
        "windows", "Windows (64 bit)", "win-amd64",
        (("sys_platform", "win32"), ("os_name", "nt"), ("platform_system", "Windows"), ("platform_machine", "AMD64")),
        ("win_amd64",),
    ),
    "linux": System(
        "linux", "Linux (x86-64, glibc 2.28)", "linux-x86_64",
        (("sys_platform", "linux"), ("os_name", "posix"), ("platform_system", "Linux"), ("platform_machine", "x86_64")),
        (*(f"manylinux_{version}_x86_64" for version in _GLIBC), "manylinux2014_x86_64", "manylinux1_x86_64"),
    ),
    "macos": System(
        "macos", "macOS 14 (Apple silicon)", "macosx-arm64",
        (("sys_platform", "darwin"), ("os_name", "posix"), ("platform_system", "Darwin"),
         ("platform_machine", "arm64")),
        tuple(mac_platforms((14, 0), "arm64")),
    ),
}  # fmt: skip
"""Supported systems by the name given to ``buuchinh bundle --offline``."""
