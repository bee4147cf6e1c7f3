"""The software bill of materials of an image, in the format CycloneDX: the jars, Java, and the packages of the C library."""

import json
import re
import subprocess
import urllib.parse

from .commands import environment
from .failure import Failure


def write(file, given, libraries, unused_jars):
    """Writes the list that CycloneDX's plugin for Maven has made, without jars that the image does not have, and with what is not a jar."""
    listed = given.sbom.read_text(encoding="utf-8")
    if not listed:
        return
    document = json.loads(listed)
    jars = {jar.name for jar in (given.unpacked / "lib").glob("*.jar")} - unused_jars
    components = [component for component in document["components"] if jar_name(component) in jars]
    unknown = jars - {jar_name(component) for component in components}
    if unknown:
        raise Failure(f"{given.sbom} does not list: {', '.join(sorted(unknown))}")
    document["components"] = components + [java(given)] + packages(libraries)
    kept = {document["metadata"]["component"]["bom-ref"], *(component["bom-ref"] for component in document["components"])}
    document["dependencies"] = [
        dependency | {"dependsOn": [reference for reference in dependency.get("dependsOn", []) if reference in kept]}
        for dependency in document["dependencies"] if dependency["ref"] in kept]
    file.write_text(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def jar_name(component):
    qualifiers = urllib.parse.parse_qs(component["purl"].partition("?")[2])
    classifier = "".join(f"-{value}" for value in qualifiers.get("classifier", []))
    return f"{component['name']}-{component['version']}{classifier}.jar"


def java(given):
    release = dict(re.findall(r'^(\w+)="(.*)"$', (given.java_home / "release").read_text(encoding="utf-8"), re.MULTILINE))
    version = release.get("JAVA_RUNTIME_VERSION", release["JAVA_VERSION"])
    purl = f"pkg:generic/openjdk@{urllib.parse.quote(version)}"
    return {"type": "platform", "bom-ref": purl, "purl": purl, "name": "openjdk", "version": version,
            "supplier": {"name": release.get("IMPLEMENTOR", "unknown")}}


def packages(libraries):
    """The Debian packages from which shared libraries of this machine are."""
    found = {}
    for library in libraries:
        name, version, architecture, source = owner(library)
        purl = f"pkg:deb/debian/{urllib.parse.quote(name)}@{urllib.parse.quote(version)}?arch={architecture}"
        found[purl] = {"type": "library", "bom-ref": purl, "purl": purl, "name": name, "version": version,
                       "properties": [{"name": "kinoteka:source-package", "value": source}]}
    return [found[purl] for purl in sorted(found)]


def owner(library):
    # dpkg knows a file by the path in its package, which may begin with /lib or /usr/lib: both are the same folder.
    for path in library, "/usr" / library.relative_to("/"), library.resolve():
        found = dpkg_query("--search", str(path))
        if match := re.match(r"([^:,\s]+)", found):
            return dpkg_query("--show", "--showformat", "${Package}\t${Version}\t${Architecture}\t${source:Package}",
                              f"{match[1]}:amd64").split("\t")
    raise Failure(f"{library}: no Debian package contains it (expected: the C library of Debian or of a system derived from it)")


def dpkg_query(*arguments):
    try:
        return subprocess.run(["dpkg-query", *arguments], env=environment(), capture_output=True, text=True).stdout
    except FileNotFoundError:
        raise Failure("Images contain the C library of Debian, and are built on Debian or on a system derived from it.") from None
