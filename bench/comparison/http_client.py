"""Single requests to ports of this machine."""

import http.client
import socket


def get(port, path):
    """Status and body of a response."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def is_ok(port, path):
    try:
        return get(port, path)[0] == 200
    except OSError:
        return False


def free_port_pairs(count):
    """Pairs of ports that nothing listens on. All are held until all are known, so that they differ."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2 * count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return list(zip(ports[::2], ports[1::2], strict=True))


async def read_response(reader):
    """Headers, in lower case, and body of a response."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    body = b""
    if "\r\ncontent-length:" in head:
        body = await reader.readexactly(int(head.split("\r\ncontent-length:")[1].split("\r\n")[0]))
    elif "\r\ntransfer-encoding: chunked" in head:
        while (size := int((await reader.readuntil(b"\r\n")).strip(), 16)) > 0:
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readuntil(b"\r\n")
    return head, body.decode()
