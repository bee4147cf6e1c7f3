"""HAProxy, for tools: one address for the primary and one for the replicas."""

from pathlib import Path

from .programs import Program

CONFIGURATION = Path(__file__).resolve().parent.parent / "config/haproxy.cfg"


def program(machines, listen_address):
    return Program("haproxy", ["haproxy", "-W", "-f", CONFIGURATION], "root", environment={
        "LISTEN_ADDRESS": listen_address,
        "TLS": machines.client,
        **{machine.name.upper(): machine.address for machine in machines.postgres}})
