"""Entries of Cloud Logging, made of records of the journal, within the limits of its API (log_entry.proto in yandex-cloud/cloudapi)."""

import datetime
import json
import re
from typing import NamedTuple

MOST_ENTRIES = 100
MOST_BYTES = 64 * 1024  # of a message, and of a payload
MOST_BYTES_OF_REQUEST = 1_000_000  # of lines; with fields and escapes still less than the 4 MiB of a message of gRPC
# By the priorities of syslog, from 0.
LEVELS = ["FATAL", "FATAL", "FATAL", "ERROR", "WARN", "INFO", "INFO", "DEBUG"]
LEVELS_BY_NAME = {
    **{name: name for name in ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")},
    **{"NOTICE": "INFO", "WARNING": "WARN", "ERR": "ERROR", "CRITICAL": "FATAL", "PANIC": "FATAL"},
}
# Of the journal's fields, those that are sent or counted.
FIELDS = ["MESSAGE", "PRIORITY", "CONTAINER_NAME", "_SYSTEMD_UNIT", "N_DROPPED"]


TIME = re.compile("[0-9]{1,16}")  # microseconds since 1970


class Entry(NamedTuple):
    record: dict
    body: dict


def record_of(line):
    """The record of a line of journalctl, or None if the line is no record with a cursor and a time."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not isinstance(record.get("__CURSOR"), str):
        return None
    return record if TIME.fullmatch(text_of(record.get("__REALTIME_TIMESTAMP"))) else None


def batches(records, node):
    """Lists of entries, each of which fits into one request."""
    batch, size = [], 0
    for record in records:
        length = min(len(record.get("MESSAGE") or ""), 2 * MOST_BYTES)
        if batch and size + length > MOST_BYTES_OF_REQUEST:
            yield batch
            batch, size = [], 0
        batch.append(Entry(record, body_of(record, node)))
        size += length
    if batch:
        yield batch


def body_of(record, node):
    line = text_of(record.get("MESSAGE"))
    fields = fields_of(line)
    payload = {"node": node, "from": text_of(record.get("CONTAINER_NAME") or record.get("_SYSTEMD_UNIT"))}
    message = line
    if fields is not None:
        payload["fields"] = fields
        if isinstance(fields.get("message"), str):
            message = fields.pop("message")
    message, omitted = shortened(message)
    if omitted:
        payload["omitted_bytes"] = omitted
    moment = datetime.datetime.fromtimestamp(int(record["__REALTIME_TIMESTAMP"]) / 1e6, datetime.timezone.utc)
    return {
        "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "level": level_of(record, fields or {}),
        "message": message,
        "jsonPayload": payload,
    }


def text_of(value):
    """A field as text; journalctl prints bytes that are not UTF-8 as numbers, and a field that occurs repeatedly as a list."""
    if isinstance(value, list) and all(isinstance(byte, int) for byte in value):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, list):
        return "\n".join(map(text_of, value))
    return value if isinstance(value, str) else ""


def fields_of(line):
    """The members of a line that is a JSON object, such as those of our services, so that Cloud Logging can filter by them."""
    if not line.startswith("{"):
        return None
    try:
        fields = json.loads(line)
        # What is no JSON for other parsers (NaN, half of a surrogate pair) raises an error, too.
        size = len(json.dumps(fields, ensure_ascii=False, allow_nan=False).encode())
    except (ValueError, RecursionError):
        return None
    room = MOST_BYTES - 1024  # the other members of the payload
    return fields if size <= room else None


def level_of(record, fields):
    name = fields.get("level")
    if isinstance(name, str) and name.upper() in LEVELS_BY_NAME:
        return LEVELS_BY_NAME[name.upper()]
    priority = text_of(record.get("PRIORITY"))
    return LEVELS[int(priority)] if priority in {*"01234567"} else "INFO"


def shortened(message):
    """The message without what is over the limit, and how many bytes that is."""
    encoded = message.encode("utf-8", "replace")
    kept = encoded[:MOST_BYTES].decode("utf-8", "ignore")
    return kept, len(encoded) - len(kept.encode())
