"""The root of an image: Java, the program, native code, the C library, and for services a health check and an AOT cache."""

import os
import shutil
import subprocess
import zipfile

from . import native, sbom
from .commands import environment, output
from .failure import Failure
from .inputs import HERE

# The JVM maps an AOT cache only beside jars of the same size and time: in images that is a second after the epoch.
TIME = 1
# Native code for other platforms, and the program that has extracted the jars.
UNUSED = ("*-osx-*.jar", "*-windows-*.jar", "*-aarch_64.jar", "*-aarch64-*.jar", "spring-boot-jarmode-*.jar")
FILES = {
    "etc/passwd": "kinoteka:x:65532:65532::/app:/nonexistent\n",
    "etc/group": "kinoteka:x:65532:\n",
    "etc/nsswitch.conf": "hosts: files dns\n",
}


def build(work, given):
    """Writes the root to the folder "root" of a work folder."""
    root = work / "root"
    app = root / "app"
    for folder in "app", "etc", "opt", "tmp", "usr/share/sbom":
        (root / folder).mkdir(parents=True)
    link_java(root / "opt/java", given)
    shutil.copy(given.jar, app / "app.jar")
    shutil.copy(HERE / "java.args", app)
    add_libraries(app, given)
    if given.program != "seeder":
        add_health_check(app / "health", given)
    libraries = native.c_library(root)
    for library in libraries:
        (root / library.relative_to("/").parent).mkdir(parents=True, exist_ok=True)
        shutil.copy(library, root / library.relative_to("/"))
    sbom.write(root / f"usr/share/sbom/{given.program}.cdx.json", given, libraries, unused_jars(given))
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    for file in [root, *root.rglob("*")]:
        file.chmod(0o755 if file.is_dir() or os.access(file, os.X_OK) else 0o644)
        os.utime(file, (TIME, TIME))
    if given.program != "seeder":
        train(work, root, given)


def link_java(folder, given):
    """Links a Java runtime with the modules that the jars need, without the libraries for screens."""
    tools = given.java_home / "bin"
    # Modules that are used by reflection only are not in byte code: jdk.crypto.* are in java.base since 22, jdeps sees the rest.
    modules = output(tools / "jdeps", "--ignore-missing-deps", "--print-module-deps", "--multi-release", "25", "--recursive",
                     "--class-path", given.unpacked / "lib/*", given.jar)
    output(tools / "jlink", "--add-modules", modules, "--strip-debug", "--no-man-pages", "--no-header-files",
           "--compress", "zip-6", "--generate-cds-archive", "--output", folder)
    shutil.rmtree(folder / "legal")
    unused = [*(folder / "lib/server").glob("classes_*.jsa"), *(folder / "lib").glob("fontconfig*"), *(folder / "lib").glob("psfont*"),
              *(file for file in (folder / "lib").iterdir() if file.name in native.DESKTOP),
              *(file for file in (folder / "bin").iterdir() if file.name != "java")]
    for file in unused:
        file.unlink()


def unused_jars(given):
    """The names of jars that an image does not need."""
    return {jar.name for pattern in UNUSED for jar in (given.unpacked / "lib").glob(pattern)}


def add_libraries(app, given):
    """Copies the jars that the program needs; native code is beside them."""
    shutil.copytree(given.unpacked / "lib", app / "lib")
    for name in unused_jars(given):
        (app / "lib" / name).unlink()
    if given.program == "seeder":
        return
    native.extract(given.program, app / "lib", app / "native")
    for jar in (app / "lib").glob("netty-codec-native-quic-*.jar"):
        jar.unlink()  # contains nothing but native code
    for jar in (app / "lib").glob("zstd-jni-*.jar"):
        keep_classes(jar)


def keep_classes(jar):
    """Writes a jar again without its native code, which is for all platforms."""
    smaller = jar.with_suffix(".new")
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(smaller, "w") as new:
        for name in old.namelist():
            if name == "META-INF/MANIFEST.MF" or name.startswith("com/") and not name.endswith("/"):
                new.writestr(zipfile.ZipInfo(name), old.read(name))  # its time is always the same
    smaller.replace(jar)


def add_health_check(folder, given):
    folder.mkdir()
    output(given.java_home / "bin/javac", "--release", "25", "-g:none", "-d", folder, HERE / "health/Health.java")
    shutil.copy(HERE / "health/java.args", folder)


def train(work, root, given):
    """Writes the AOT cache: the classes that a service loads until it is ready, loaded and linked ahead of time."""
    cache = work / "app.aot"
    command = [root / "opt/java/bin/java", f"@{root}/app/java.args", f"-XX:AOTCacheOutput={cache}", "-Dspring.context.exit=onRefresh",
               "-Dserver.port=0", "-Dmanagement.server.port=0", "-jar", root / "app/app.jar"]
    variables = {}
    if given.program == "catalog-service":
        command = [given.java_home / "bin/java", "-jar", given.tool, "with-postgres", *command]
        variables = {"KINOTEKA_CATALOG_SECURITY_DEVELOPMENT": "true"}
    log = work / "training.log"
    with open(log, "wb") as output_file:
        status = subprocess.run(command, env=environment(**variables), stdin=subprocess.DEVNULL, stdout=output_file,
                                stderr=subprocess.STDOUT).returncode
    if status != 0 or not cache.exists():
        raise Failure(f"{log.read_text(errors='replace')}\nThe training run of {given.program} failed (exit status {status}).")
    cache.rename(root / "app/app.aot")
    os.utime(root / "app/app.aot", (TIME, TIME))
