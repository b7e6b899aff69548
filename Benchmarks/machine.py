"""What the figures were taken on."""

import os
import platform
from pathlib import Path


def describe() -> str:
    """`2 cores of AMD EPYC, 24 GiB, Debian GNU/Linux 12 (bookworm), Linux 6.1, x86_64`."""
    return ", ".join([f"{cores()} cores of {model()}", memory(), system(), kernel()])


def cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def model() -> str:
    return (
        field(Path("/proc/cpuinfo"), "model name", ":")
        or platform.processor()
        or platform.machine()
    )


def memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GiB"


def system() -> str:
    name = field(Path("/etc/os-release"), "PRETTY_NAME", "=")
    return name.strip('"') if name else platform.platform(terse=True)


def kernel() -> str:
    return f"{platform.system()} {platform.release()}, {platform.machine()}"


def load() -> float:
    """How many programs wanted a core in the last minute: figures beside other work say little."""
    return os.getloadavg()[0]


def field(file: Path, name: str, separator: str) -> str:
    """The value of the first line that begins with a name; nothing where there is none."""
    if not file.exists():
        return ""
    for line in file.read_text(errors="replace").splitlines():
        key, found, value = line.partition(separator)
        if found and key.strip() == name:
            return value.strip()
    return ""
