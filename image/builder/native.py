"""Native code: what the jars of libraries contain for this platform, and the C library that it and Java are linked to."""

import pathlib
import re
import subprocess
import zipfile

from .commands import environment
from .failure import Failure

# In the image as files, because /tmp, to which the libraries would extract them, may be mounted without the right to execute.
EPOLL = ("netty-transport-native-epoll-*-linux-x86_64.jar", r"META-INF/native/(libnetty_transport_native_epoll_x86_64\.so)")
QUIC = ("netty-codec-native-quic-*-linux-x86_64.jar", r"META-INF/native/(libnetty_quiche42_linux_x86_64\.so)")
BROTLI = ("native-linux-x86_64-*.jar", r"lib/linux-x86_64/(libbrotli\.so)")
ZSTD = ("zstd-jni-*.jar", r"linux/amd64/(libzstd-jni)-.*(\.so)")

# Parts of Java for screens, printers and sound.
DESKTOP = {f"lib{name}.so" for name in (
    "awt_xawt", "fontmanager", "freetype", "jawt", "jsound", "splashscreen", "lcms", "mlib_image")}


def libraries(program):
    if program == "seeder":
        return []
    return [EPOLL, QUIC, BROTLI, ZSTD] if program == "gateway" else [EPOLL]


def extract(program, jars, folder):
    """Copies the native code of a program's libraries to a folder."""
    folder.mkdir()
    for jar_pattern, file_pattern in libraries(program):
        found = [(jar, name) for jar in jars.glob(jar_pattern) for name in zipfile.ZipFile(jar).namelist()
                 if re.fullmatch(file_pattern, name)]
        if len(found) != 1:
            raise Failure(f"native code in {jars}/{jar_pattern}: {len(found)} files (expected: 1)")
        jar, name = found[0]
        file = folder / "".join(re.fullmatch(file_pattern, name).groups())
        file.write_bytes(zipfile.ZipFile(jar).read(name))
        file.chmod(0o755)


def c_library(*folders):
    """The paths of the machine's shared libraries to which programs and libraries in these folders are linked."""
    linked = [str(file) for folder in folders for file in sorted(folder.rglob("*"))
              if file.is_file() and _is_native(file) and file.name not in DESKTOP]
    # Fails for what is not linked dynamically, which needs no library.
    printed = subprocess.run(["ldd", *linked], env=environment(), capture_output=True, text=True).stdout
    paths = {pathlib.Path(path) for path in re.findall(r"(/\S+\.so\S*) \(0x", printed)}
    found = sorted(path for path in paths if not any(folder in path.parents for folder in folders))
    if not found:
        raise Failure(f"shared libraries of Java: none (expected: the C library that ldd names)\n{printed}")
    return found


def _is_native(file):
    with open(file, "rb") as content:
        return content.read(4) == b"\x7fELF"
