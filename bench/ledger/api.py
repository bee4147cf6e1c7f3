"""A client's connection to the public API of the gateway."""

import asyncio
import json
from dataclasses import dataclass

GATEWAY = "127.0.0.1", 8080
TIMEOUT = 5  # seconds for a response; after that the client disconnects


class Lost(Exception):
    """There was no complete response. What became of the request is unknown."""


@dataclass(frozen=True)
class Response:
    """A response, with the names of its headers in lower case."""

    status: int
    headers: dict
    text: str

    def json(self):
        return json.loads(self.text)

    def problem(self):
        """The status and the type of the problem, such as `503 database-unavailable`."""
        try:
            return f"{self.status} {self.json()['type'].rpartition('/')[2]}"
        except (ValueError, KeyError, TypeError):
            return str(self.status)


class Api:
    """Sends one request at a time, on a connection that is kept alive, as this customer or as nobody."""

    def __init__(self, token=None):
        self._token = token
        self._connection = None

    async def call(self, method, path, body=None, **headers):
        """Returns the response, whatever its status."""
        try:
            async with asyncio.timeout(TIMEOUT):
                if self._connection is None:
                    self._connection = await asyncio.open_connection(*GATEWAY)
                reader, writer = self._connection
                writer.write(self._request(method, path, body, headers))
                response = await read_response(reader)
        except TimeoutError:
            self.close()
            raise Lost(f"no response within {TIMEOUT} s") from None
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise Lost(f"the connection was lost ({type(error).__name__})") from None
        if response.headers.get("connection", "").lower() == "close":
            self.close()
        return response

    def close(self):
        if self._connection:
            self._connection[1].close()
            self._connection = None

    def _request(self, method, path, body, headers):
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self._token:
            lines.append(f"Authorization: Bearer {self._token}")
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return "\r\n".join([*lines, "", ""]).encode() + content


async def read_response(reader):
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    status, *lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    body = b""
    if "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    elif headers.get("transfer-encoding") == "chunked":
        while (size := int((await reader.readuntil(b"\r\n")).strip(), 16)) > 0:
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readuntil(b"\r\n")
    return Response(int(status.split(" ")[1]), headers, body.decode())
