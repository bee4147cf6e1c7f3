"""async-profiler, which comes from Maven Central and is loaded into a running service."""

import os
import zipfile

import programs
from process import Failure

VERSION = "4.2"
LIBRARY = "linux-x64/libasyncProfiler.so"
# Of CPU time, by timers of the process: the counters of the kernel are not permitted everywhere.
START = "start,event=ctimer,interval=1ms,threads"
# For a service that is to be profiled: otherwise samples count for the next place at which the JVM may stop a thread.
JAVA_OPTIONS = ["-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints", "-XX:+EnableDynamicAgentLoading"]


def install():
    """The library, out of its artifact."""
    folder = programs.KEPT / f"async-profiler-{VERSION}"
    if not (folder / LIBRARY).exists():
        programs.output(
            "mvn", "--batch-mode", "--quiet", "--non-recursive", f"--file={programs.ROOT / 'pom.xml'}", "dependency:copy",
            f"-Dartifact=tools.profiler:async-profiler:{VERSION}", f"-DoutputDirectory={folder}",
            env={**os.environ, "JAVA_HOME": str(programs.jdk())})
        with zipfile.ZipFile(folder / f"async-profiler-{VERSION}.jar") as jar:
            jar.extract(LIBRARY, folder)
    return folder / LIBRARY


def start(library, process):
    command(library, process, START)


def stop(library, process, file):
    """Stops sampling. Returns the stacks, each with its number of samples in a line."""
    command(library, process, f"stop,collapsed,threads,norm,file={file}")
    return file.read_text()


def command(library, process, arguments):
    """Loads the library with these arguments, which are quoted because jcmd would take what is before an equals sign for an option of its own."""
    printed = programs.output(programs.jdk() / "bin/jcmd", process.child.pid, "JVMTI.agent_load", library, f'"{arguments}"')
    if not printed.endswith("return code: 0"):
        raise Failure(f"async-profiler, {arguments}: {printed}")
